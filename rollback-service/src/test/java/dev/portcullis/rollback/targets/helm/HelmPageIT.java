package dev.portcullis.rollback.targets.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.targets.TargetPage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The examples of docs/targets/helm.md, held against what the target reads and says. */
final class HelmPageIT {
    private static final TargetPage PAGE = TargetPage.of("helm");

    @Test
    void theConfigurationIsLegalAndShowsTheDefaults() {
        var faults = new Faults();
        var usual = ConfigurationDocument.ofText(
                        "a.yaml",
                        "apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\nmetadata: {name: a}\nspec: {service: checkout}",
                        faults)
                .getFirst();
        var target = PAGE.policy().target();
        assertEquals(new HelmKind().read("checkout", usual.spec()), target);
        assertEquals("[]", faults.list().toString());
        assertEquals("helm release default/default/checkout", target.identity());
    }

    @Test
    void everyObstacleAndPreconditionIsOnThePage() {
        var page = PAGE.text();
        Arrays.stream(Obstacle.values())
                .filter(obstacle -> obstacle != Obstacle.GITOPS_REVERTS)
                .forEach(obstacle -> assertTrue(page.contains(obstacle.name()), obstacle.name()));
        try (var world = new HelmWorld()) {
            var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
            ready.preconditions().forEach(seen -> assertTrue(page.contains("`" + seen.id() + "`"), seen.id()));
        }
    }
}
