package dev.portcullis.rollback.targets.argorollouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.workload.ReplicaSets;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A release that progresses. */
final class AbortIT {
    private static <T extends TargetObservation> String seen(RolloutWorld world, Assignment assignment, Class<T> kind) {
        return assertInstanceOf(kind, world.target().observe(assignment)).text();
    }

    private static List<String> calls(RolloutWorld world) {
        return world.server.applied().stream()
                .map(request -> request.path().replaceAll(".*namespaces/shop/", "") + " " + request.body())
                .map(text -> text.replaceAll("\"resourceVersion\":\"[0-9]+\"", "VERSION"))
                .toList();
    }

    private static final String ABORT = "rollouts/checkout/status {\"metadata\":{VERSION},\"status\":{\"abort\":true}}";
    private static final String UNPAUSE = "rollouts/checkout {\"metadata\":{VERSION},\"spec\":{\"paused\":false}}";

    @Test
    void anAbortIsOneGuardedPatchOfTheStatus() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            assertInstanceOf(ApplyResult.Advanced.class, world.target().apply(world.assignment()));
            assertEquals(List.of(ABORT), calls(world));
        }
    }

    @Test
    void anAbortTheControllerHasNotSeenIsNotRestored() {
        try (var world = RolloutWorld.progressing(RolloutWorld.BLUE_GREEN)) {
            var assignment = world.assignment();
            world.target().apply(assignment);
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("has not seen the abort yet"));
            assertInstanceOf(ApplyResult.Again.class, world.target().apply(assignment));
            world.work();
            assertInstanceOf(ApplyResult.Accepted.class, world.target().apply(assignment));
            assertEquals(
                    "rollout shop/checkout: all traffic is on 5f6b7 (ReplicaSet checkout-5f6b7, revision 1); "
                            + "stable 5f6b7, current 7d9c8 (aborted), "
                            + "Degraded: RolloutAborted: Rollout aborted update to revision 2",
                    seen(world, assignment, TargetObservation.Restored.class));
        }
    }

    @Test
    void aRouterThatStillSendsSomethingElsewhereIsNotRestored() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            world.drive(assignment);
            weights(
                    world,
                    "{canary: {weight: 5, podTemplateHash: 7d9c8}, stable: {weight: 95, podTemplateHash: 5f6b7}}");
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("weight 5 on other revisions"));
            weights(world, "{canary: {weight: 0}, stable: {weight: 90}, additional: [{weight: 10}]}");
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("weight 10 on other revisions"));
            weights(world, "{canary: {weight: 0}, stable: {weight: 100}, verified: false}");
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("has not confirmed the weights"));
            weights(world, "null");
            assertTrue(
                    seen(world, assignment, TargetObservation.NotRestored.class).contains("no weights in its status"));
        }
    }

    private static void weights(RolloutWorld world, String yaml) {
        var weights =
                Serialization.unmarshal("weights: " + yaml, ObjectNode.class).get("weights");
        world.change(object -> object.withObject("/status/canary").set("weights", weights));
    }

    @Test
    void withoutARouterThePodsCount() {
        try (var world = RolloutWorld.progressing(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            world.drive(assignment);
            world.replicaSets.scale("7d9c8", 2);
            assertTrue(
                    seen(world, assignment, TargetObservation.NotRestored.class).contains("2 pods of other revisions"));
            world.replicaSets.scale("7d9c8", 0);
            world.replicaSets.scale("5f6b7", 4);
            assertTrue(
                    seen(world, assignment, TargetObservation.NotRestored.class).contains("4 of 5 pods available"));
        }
    }

    @Test
    void withoutARouterAPauseIsEndedAfterTheAbort() {
        try (var world = RolloutWorld.progressing(RolloutWorld.CANARY).paused()) {
            var assignment = world.assignment();
            assertInstanceOf(ApplyResult.Advanced.class, world.target().apply(assignment));
            world.drive(assignment);
            assertEquals(List.of(ABORT, UNPAUSE), calls(world));
        }
    }

    @Test
    void behindARouterAPauseIsLeftAsItIs() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED).paused()) {
            world.drive(world.assignment());
            assertEquals(List.of(ABORT), calls(world));
            assertTrue(world.rollout().at("/spec/paused").asBoolean());
        }
    }

    @Test
    void aBlueGreenRolloutThatHasSwitchedGoesBackWithItsServiceAndIsUnpausedForThat() {
        try (var world = RolloutWorld.progressing(RolloutWorld.BLUE_GREEN)) {
            world.change(object -> object.withObject("/status/blueGreen").put("activeSelector", "7d9c8"));
            world.change(object -> object.withObject("/spec").put("paused", true));
            var assignment = world.assignment();
            world.target().apply(assignment);
            world.work();
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("the active Service selects 7d9c8"));
            world.drive(assignment);
            assertEquals(List.of(ABORT, UNPAUSE), calls(world));
            assertEquals(
                    "5f6b7",
                    world.rollout().at("/status/blueGreen/activeSelector").asText());
        }
    }

    @Test
    void aRolloutThatWasPromotedBetweenLookAndAbortIsUndoneInstead() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            var result = world.applyWhile(assignment, () -> {
                world.change(object -> object.withObject("/status").put("promoteFull", true));
                world.work();
            });
            assertFalse(assertInstanceOf(ApplyResult.Again.class, result).effectUnknown());
            assertEquals("7d9c8", world.rollout().at("/status/stableRS").asText());
            assertEquals(List.of(), calls(world));
            world.drive(assignment);
            assertEquals("5f6b7", world.rollout().at("/status/stableRS").asText());
            assertTrue(calls(world).getFirst().contains("replace"), calls(world).toString());
        }
    }

    @Test
    void anAbortThatItsControllerDidNotHeedIsFollowedByAnUndo() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            world.target().apply(assignment);
            world.change(object -> object.withObject("/status").put("stableRS", "7d9c8"));
            world.work();
            assertFalse(world.rollout().at("/status/abort").asBoolean());
            world.drive(assignment);
            assertEquals("5f6b7", world.rollout().at("/status/stableRS").asText());
        }
    }

    @Test
    void aLaterReleaseThatSomebodyAbortedIsNoConcern() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            release(world, "3");
            world.work();
            seen(world, assignment, TargetObservation.OutOfReach.class);
            world.change(object -> object.withObject("/status").put("abort", true));
            world.work();
            seen(world, assignment, TargetObservation.Restored.class);
        }
    }

    @Test
    void aReleaseThatBeganLaterIsNotAborted() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            var result = world.applyWhile(assignment, () -> release(world, "3"));
            assertInstanceOf(ApplyResult.Again.class, result);
            world.work();
            assertTrue(seen(world, assignment, TargetObservation.OutOfReach.class)
                    .contains("rolls out made3, a release that began after the rollback to 5f6b7"));
            assertInstanceOf(ApplyResult.Refused.class, world.target().apply(assignment));
            assertEquals(List.of(), calls(world));
        }
    }

    private static void release(RolloutWorld world, String image) {
        world.change(object -> object.withObject("/spec")
                .set("template", Serialization.unmarshal(ReplicaSets.template(image), ObjectNode.class)));
    }

    @Test
    void aRolloutThatIsBackOnTheStableTemplateAnywayIsRestored() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            release(world, "1");
            world.work();
            seen(world, assignment, TargetObservation.Restored.class);
            assertInstanceOf(ApplyResult.Accepted.class, world.target().apply(assignment));
            assertEquals(List.of(), calls(world));
        }
    }

    @Test
    void theCommandsForPeopleNameBothWays() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            assertEquals(
                    "kubectl argo rollouts abort checkout -n shop # once promoted: "
                            + "kubectl argo rollouts undo checkout --to-revision=1 -n shop && "
                            + "kubectl argo rollouts promote checkout --full -n shop",
                    world.target().commandToApply(world.assignment()));
            assertEquals(
                    "kubectl argo rollouts get rollout checkout -n shop",
                    world.target().commandToLook(world.assignment()));
        }
    }
}
