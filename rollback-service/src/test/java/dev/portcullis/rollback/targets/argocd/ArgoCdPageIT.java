package dev.portcullis.rollback.targets.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/targets/argo-cd.md, held against what the target does. */
final class ArgoCdPageIT {
    private static final Path PAGE = Path.of("..", "docs", "targets", "argo-cd.md");

    @TempDir
    Path folder;

    private static List<String> examples(String language) throws Exception {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1).strip())
                .toList();
    }

    @Test
    void theConfigurationIsLegalAndShowsTheDefaults() throws Exception {
        var shown = examples("yaml").getFirst();
        Files.writeString(folder.resolve("page.yaml"), shown);
        var faults = new Faults();
        var plans = Wiring.targetKinds().parse(new ConfigurationFolder(folder).read(faults), faults);
        assertEquals("[]", faults.list().toString());
        var target = plans.planOf("checkout", Mode.LIVE)
                .orElseThrow()
                .stages()
                .getFirst()
                .target();
        try (var world = new ArgoCdWorld(ArgoCdWorld.MANUAL, "refuse")) {
            assertEquals(world.configured(), target);
        }
    }

    @Test
    void theCommandsAreThoseThatAreShown() throws Exception {
        var shown = examples("sh");
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
    void theApplicationSetThatIsShownLeavesAutoSyncAlone() throws Exception {
        var owned = ArgoCdWorld.AUTOMATIC.replace(
                "metadata: {name: checkout}",
                "metadata: {name: checkout, ownerReferences: [{kind: ApplicationSet, name: shops}]}");
        try (var world = new ArgoCdWorld(owned, "switch-off")) {
            world.server.put(ApplicationSets.KIND, "argocd", examples("yaml").get(1));
            assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
        }
    }

    @Test
    void everyObstacleAndPreconditionIsOnThePage() throws Exception {
        var page = Files.readString(PAGE);
        Arrays.stream(Obstacle.values())
                .filter(obstacle -> obstacle != Obstacle.TOOL_MISSING)
                .forEach(obstacle -> assertTrue(page.contains(obstacle.name()), obstacle.name()));
        try (var world = new ArgoCdWorld(ArgoCdWorld.AUTOMATIC, "switch-off")) {
            var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
            ready.preconditions().forEach(seen -> assertTrue(page.contains("`" + seen.id() + "`"), seen.id()));
        }
    }
}
