package dev.portcullis.rollback.targets.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Ready;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/targets/helm.md, held against what the target reads and says. */
final class HelmPageIT {
    private static final Path PAGE = Path.of("..", "docs", "targets", "helm.md");

    @TempDir
    Path folder;

    private static List<String> examples() throws Exception {
        return Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1).strip())
                .toList();
    }

    @Test
    void theConfigurationIsLegalAndShowsTheDefaults() throws Exception {
        Files.writeString(folder.resolve("page.yaml"), examples().getFirst());
        var faults = new Faults();
        var plans = Wiring.targetKinds().parse(new ConfigurationFolder(folder).read(faults), faults);
        var usual = ConfigurationDocument.ofText(
                        "a.yaml",
                        "apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\nmetadata: {name: a}\nspec: {service: checkout}",
                        faults)
                .getFirst();
        var target = plans.planOf("checkout", Mode.LIVE)
                .orElseThrow()
                .stages()
                .getFirst()
                .target();
        assertEquals(new HelmKind().read("checkout", usual.spec()), target);
        assertEquals("[]", faults.list().toString());
        assertEquals("helm release default/default/checkout", target.identity());
    }

    @Test
    void everyObstacleAndPreconditionIsOnThePage() throws Exception {
        var page = Files.readString(PAGE);
        Arrays.stream(Obstacle.values())
                .filter(obstacle -> obstacle != Obstacle.GITOPS_REVERTS)
                .forEach(obstacle -> assertTrue(page.contains(obstacle.name()), obstacle.name()));
        try (var world = new HelmWorld()) {
            var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
            ready.preconditions().forEach(seen -> assertTrue(page.contains("`" + seen.id() + "`"), seen.id()));
        }
    }
}
