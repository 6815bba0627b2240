package dev.portcullis.rollback.targets.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.targets.TargetPage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The examples of docs/targets/argo-cd.md, held against what the target does. */
final class ArgoCdPageIT {
    private static final TargetPage PAGE = TargetPage.of("argo-cd");

    @Test
    void theConfigurationIsLegalAndShowsTheDefaults() {
        try (var world = new ArgoCdWorld(ArgoCdWorld.MANUAL, "refuse")) {
            assertEquals(world.configured(), PAGE.policy().target());
        }
    }

    @Test
    void theCommandsAreThoseThatAreShown() {
        var shown = PAGE.examples("sh");
        try (var world = new ArgoCdWorld(ArgoCdWorld.AUTOMATIC, "switch-off")) {
            var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
            assertTrue(ready.preconditions().get(2).text().endsWith(shown.get(0)));
            assertTrue(ready.preconditions().get(1).text().endsWith(shown.get(1)));
        }
        try (var world = new ArgoCdWorld(ArgoCdWorld.AUTOMATIC, "refuse")) {
            var why = assertInstanceOf(Blocked.class, world.target().prepare(world.order(), world.configured()));
            assertTrue(why.text().endsWith(shown.get(0)));
        }
    }

    @Test
    void theApplicationSetThatIsShownLeavesAutoSyncAlone() {
        var owned = ArgoCdWorld.AUTOMATIC.replace(
                "metadata: {name: checkout}",
                "metadata: {name: checkout, ownerReferences: [{kind: ApplicationSet, name: shops}]}");
        try (var world = new ArgoCdWorld(owned, "switch-off")) {
            world.server.put(
                    ApplicationSets.KIND, "argocd", PAGE.examples("yaml").get(1));
            assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
        }
    }

    @Test
    void everyObstacleAndPreconditionIsOnThePage() {
        var page = PAGE.text();
        Arrays.stream(Obstacle.values())
                .filter(obstacle -> obstacle != Obstacle.TOOL_MISSING)
                .forEach(obstacle -> assertTrue(page.contains(obstacle.name()), obstacle.name()));
        try (var world = new ArgoCdWorld(ArgoCdWorld.AUTOMATIC, "switch-off")) {
            var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
            ready.preconditions().forEach(seen -> assertTrue(page.contains("`" + seen.id() + "`"), seen.id()));
        }
    }
}
