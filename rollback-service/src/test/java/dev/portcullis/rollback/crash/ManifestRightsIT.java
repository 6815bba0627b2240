package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.Right.Answer;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.targets.TargetWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every target that acts on a cluster: the rights that its manifest gives are those it asks for, and those it takes. */
final class ManifestRightsIT {
    private static final int MOST_CALLS = 20;

    static Stream<CrashScenario> scenarios() {
        return CrashScenarios.ALL.stream().filter(scenario -> scenario.section().contains("${cluster}"));
    }

    private static Path manifest(TargetWorld world) {
        return Path.of("..", "deploy", "rbac", world.target().kind() + ".yaml");
    }

    private static List<Right> rights(TargetWorld world) {
        return world.target().rights(world.configured());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void withTheRightsOfItsManifestEverythingIsAllowedAndARollbackSucceeds(CrashScenario scenario) {
        try (var world = scenario.open()) {
            assertTrue(Files.exists(manifest(world)));
            world.kube().grantOnly(manifest(world));
            assertTrue(
                    rights(world).stream().allMatch(right -> right.answer() == Answer.GRANTED),
                    rights(world)::toString);
            var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
            var assignment = new Assignment("rollbacks/1", "1/1", 1, world.order(), ready.pinned());
            for (int calls = 0; !(world.target().observe(assignment) instanceof Restored); calls++) {
                assertTrue(calls < MOST_CALLS, "no end");
                assertFalse(world.target().apply(assignment) instanceof ApplyResult.Refused);
                world.work();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whateverRightIsTakenAwayItIsTheOneThatIsToldMissing(CrashScenario scenario) {
        try (var open = scenario.open()) {
            for (int i = 0; i < rights(open).size(); i++) {
                try (var world = scenario.open()) {
                    var right = rights(world).get(i);
                    world.kube().revoke(asGranted(right.what()));
                    var missing = rights(world).stream()
                            .filter(one -> one.answer() == Answer.MISSING)
                            .toList();
                    assertEquals(
                            List.of(right.what()),
                            missing.stream().map(Right::what).toList());
                    assertEquals(
                            "kubectl -n " + right.what().replaceAll(".* in namespace ", "") + " apply -f deploy/rbac/"
                                    + world.target().kind() + ".yaml",
                            missing.getFirst().remedy());
                }
            }
        }
    }

    /** "patch rollouts.argoproj.io/status checkout in namespace shop" as "patch argoproj.io/rollouts/status". */
    private static String asGranted(String what) {
        var words = what.split(" ");
        var resource = words[1].split("/", 2);
        var plural = resource[0].split("\\.", 2);
        return words[0] + " " + plural[1] + "/" + plural[0] + (resource.length > 1 ? "/" + resource[1] : "");
    }
}
