package dev.portcullis.rollback.targets.argorollouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.workload.ReplicaSets;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A release that was promoted. */
final class UndoIT {
    private static final String UNDO = "rollouts/checkout test replace";
    private static final String UNPAUSE = "rollouts/checkout paused";
    private static final String PROMOTE = "rollouts/checkout/status promoteFull";

    private static <T extends TargetObservation> String seen(RolloutWorld world, Assignment assignment, Class<T> kind) {
        return assertInstanceOf(kind, world.target().observe(assignment)).text();
    }

    /** What was changed: the object, and the words of the change. */
    private static List<String> calls(RolloutWorld world) {
        return world.server.applied().stream()
                .map(request -> request.path().replaceAll(".*namespaces/shop/", "")
                        + (request.body().contains("\"test\"") ? " test" : "")
                        + (request.body().contains("\"replace\"") ? " replace" : "")
                        + (request.body().contains("\"paused\"") ? " paused" : "")
                        + (request.body().contains("\"promoteFull\"") ? " promoteFull" : ""))
                .toList();
    }

    @Test
    void anUndoIsFollowedByAFullPromotionSinceTheStepsWouldKeepUsersOnTheBadRevision() {
        try (var world = RolloutWorld.promoted(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            assertInstanceOf(ApplyResult.Advanced.class, world.target().apply(assignment));
            world.work();
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("weight 80 on other revisions"));
            world.drive(assignment);
            assertEquals(List.of(UNDO, PROMOTE), calls(world));
            assertEquals("3", world.replicaSets.number("5f6b7"));
        }
    }

    @Test
    void itIsNotPromotedBeforeItsControllerHasTakenUpTheTemplate() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            world.target().apply(assignment);
            var waiting =
                    assertInstanceOf(ApplyResult.Again.class, world.target().apply(assignment));
            assertTrue(waiting.soon(), "users wait for it: it is looked at again soon");
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("its controller has not taken up the present specification yet"));
            assertEquals(List.of(UNDO), calls(world));
        }
    }

    @Test
    void itIsNotUndoneBeforeItsControllerHasTakenUpWhatSomebodyElseWrote() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            template(world, "3");
            assertInstanceOf(ApplyResult.Again.class, world.target().apply(assignment));
            world.work();
            assertInstanceOf(ApplyResult.Refused.class, world.target().apply(assignment));
            seen(world, assignment, TargetObservation.OutOfReach.class);
            assertEquals(List.of(), calls(world));
        }
    }

    private static void template(RolloutWorld world, String image) {
        world.change(object -> object.withObject("/spec")
                .set("template", Serialization.unmarshal(ReplicaSets.template(image), ObjectNode.class)));
    }

    @Test
    void aChangeBySomebodyElseInBetweenIsAConflictThatIsLookedAtAgain() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            var result = world.applyWhile(
                    assignment,
                    () -> world.change(object -> object.withObject("/spec").put("replicas", 10)));
            assertFalse(assertInstanceOf(ApplyResult.Again.class, result).effectUnknown());
            world.work();
            world.drive(assignment);
            assertEquals(List.of(UNDO, PROMOTE), calls(world));
        }
    }

    @Test
    void theRevisionThatWasOrderedIsMeantAndNotTheSecondHighest() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            template(world, "3");
            world.work();
            world.change(object -> object.withObject("/status").put("promoteFull", true));
            world.work();
            assertEquals("made3", world.rollout().at("/status/stableRS").asText());
            world.drive(world.assignment());
            assertEquals("5f6b7", world.rollout().at("/status/stableRS").asText());
        }
    }

    @Test
    void aPauseIsEndedBetweenUndoAndPromotion() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY).paused()) {
            world.drive(world.assignment());
            assertEquals(List.of(UNDO, UNPAUSE, PROMOTE), calls(world));
        }
    }

    @Test
    void withAWorkloadRefTheDeploymentIsUndoneAndItsGenerationCounts() {
        try (var world = RolloutWorld.promotedWithDeployment(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            world.target().apply(assignment);
            assertInstanceOf(ApplyResult.Again.class, world.target().apply(assignment));
            world.work();
            world.drive(assignment);
            assertEquals(List.of("deployments/checkout-pods test replace", PROMOTE), calls(world));
            assertFalse(world.rollout().path("spec").has("template"));
        }
    }

    @Test
    void aRouterThatStillServesTheOldStableRevisionIsNotRestored() {
        try (var world = RolloutWorld.promoted(RolloutWorld.ROUTED)) {
            var assignment = world.assignment();
            world.drive(assignment);
            world.change(
                    object -> object.withObject("/status/canary/weights/stable").put("podTemplateHash", "7d9c8"));
            assertTrue(seen(world, assignment, TargetObservation.NotRestored.class)
                    .contains("weight 100 on other revisions"));
            world.work();
            world.replicaSets.scale("5f6b7", 4);
            assertTrue(
                    seen(world, assignment, TargetObservation.NotRestored.class).contains("4 of 5 pods available"));
        }
    }

    @Test
    void podsMissingFromAPausedRolloutThatIsRestoredOtherwiseAreNoReasonToUnpause() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            world.drive(assignment);
            world.paused();
            world.replicaSets.change(
                    "5f6b7", object -> object.withObject("/status").put("availableReplicas", 4));
            assertInstanceOf(ApplyResult.Accepted.class, world.target().apply(assignment));
            assertEquals(List.of(UNDO, PROMOTE), calls(world));
        }
    }

    @Test
    void whatTheControllerPutIntoTheReplicaSetIsNotPutBack() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            world.replicaSets.change("5f6b7", object -> {
                object.withObject("/metadata/annotations")
                        .put("rollout.argoproj.io/ephemeral-metadata", "{\"labels\":{\"role\":\"stable\"}}");
                object.withObject("/spec/template/metadata/labels").put("role", "stable");
            });
            world.drive(world.assignment());
            assertEquals(
                    "{\"app\":\"checkout\"}",
                    world.rollout().at("/spec/template/metadata/labels").toString());
            assertEquals(2, world.replicaSets.all().size());
        }
    }

    @Test
    void aRuleThatKeepsRevisionsApartIsNotPutBackWhileOthersStay() {
        var rule = "{labelSelector: {matchExpressions: [{key: %s, operator: In, values: [x]}]}, topologyKey: host}";
        var ours = rule.formatted("rollouts-pod-template-hash");
        var theirs = rule.formatted("app");
        var required = "requiredDuringSchedulingIgnoredDuringExecution";
        var preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        assertEquals("{}", left("podAntiAffinity: {" + required + ": [" + ours + "]}"));
        assertEquals("{}", left("podAntiAffinity: {" + preferred + ": [{weight: 1, podAffinityTerm: " + ours + "}]}"));
        assertEquals(
                json("podAntiAffinity: {" + required + ": [" + theirs + "]}"),
                left("podAntiAffinity: {" + required + ": [" + theirs + ", " + ours + "]}"));
        assertEquals(
                json("nodeAffinity: {a: b}"),
                left("nodeAffinity: {a: b}, podAntiAffinity: {" + required + ": [" + ours + "]}"));
        assertEquals(json("podAntiAffinity: {}"), left("podAntiAffinity: {}"));
    }

    private static String json(String affinity) {
        return Serialization.unmarshal("spec: {affinity: {" + affinity + "}}", ObjectNode.class)
                .get("spec")
                .toString();
    }

    private static String left(String affinity) {
        var template = Serialization.unmarshal("spec: {affinity: {" + affinity + "}}", ObjectNode.class);
        new RolloutAdditions().takeOut(template.objectNode(), template);
        return template.get("spec").toString();
    }

    @Test
    void aSecondReplicaSetOfTheWantedTemplateIsTheWantedRevisionToo() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            world.replicaSets.put("twin1", "1", 3, 0);
            world.change(object ->
                    object.withObject("/status").put("currentPodHash", "twin1").put("stableRS", "twin1"));
            world.replicaSets.scale("7d9c8", 0);
            world.replicaSets.scale("twin1", 5);
            seen(world, assignment, TargetObservation.Restored.class);
        }
    }

    @Test
    void whereItsControllerGivesAnOldTemplateANewHashThatIsWhatHasTheTraffic() {
        try (var world = RolloutWorld.promoted(RolloutWorld.APART)) {
            var assignment = world.assignment();
            world.drive(assignment);
            assertEquals("made3", world.rollout().at("/status/stableRS").asText());
            var restored = assertInstanceOf(
                    TargetObservation.Restored.class, world.target().observe(assignment));
            assertEquals("made3", restored.revision());
            assertTrue(
                    restored.text()
                            .contains(
                                    "all traffic is on 5f6b7 (ReplicaSet checkout-5f6b7, revision 1), now called made3"
                                            + " (ReplicaSet checkout-made3, revision 3)"),
                    restored.text());
            assertEquals(List.of(UNDO, PROMOTE), calls(world));
        }
    }

    @Test
    void theReplicaSetOfTheOldNameMayBeTakenAwayMeanwhile() {
        try (var world = RolloutWorld.promoted(RolloutWorld.APART)) {
            var assignment = world.assignment();
            world.target().apply(assignment);
            world.work();
            world.server.delete(ResourceKind.REPLICA_SET, "shop", "checkout-5f6b7");
            world.drive(assignment);
            var restored = assertInstanceOf(
                    TargetObservation.Restored.class, world.target().observe(assignment));
            assertEquals("made3", restored.revision());
        }
    }

    @Test
    void theRevisionThatIsToldIsTheOneOfTheLabelThatOrdersGoBy() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            world.drive(assignment);
            var byApp = new Assignment(
                    assignment.rollback(),
                    assignment.idempotencyKey(),
                    1,
                    assignment.order(),
                    assignment.target().with("revisionLabel", "app"));
            assertEquals(
                    "checkout", ((TargetObservation.Restored) world.target().observe(byApp)).revision());
            assertEquals("5f6b7", ((TargetObservation.Restored) world.target().observe(assignment)).revision());
        }
    }

    @Test
    void aTemplateThatItsControllerTakesForAnotherRevisionIsNotPutBackWithoutEnd() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            template(world, "1");
            world.change(object -> {
                ((ObjectNode) object.at("/spec/template/metadata")).remove("creationTimestamp");
                object.withObject("/status")
                        .put(
                                "observedGeneration",
                                String.valueOf(object.at("/metadata/generation").asInt() + 1));
            });
            var again = assertInstanceOf(ApplyResult.Again.class, world.target().apply(assignment));
            assertTrue(again.text().endsWith("it has that pod template already"), again.text());
        }
    }

    @Test
    void aHashWithoutAReplicaSetIsWaitedForAndNotTakenForAnotherRelease() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            world.change(object -> object.withObject("/status").put("currentPodHash", "notyet"));
            seen(world, assignment, TargetObservation.NotRestored.class);
            assertInstanceOf(ApplyResult.Again.class, world.target().apply(assignment));
            assertEquals(List.of(), calls(world));
        }
    }

    @Test
    void whatIsGoneOrMadeAnewIsOutOfReach() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var assignment = world.assignment();
            world.server.delete(ResourceKind.REPLICA_SET, "shop", "checkout-5f6b7");
            assertTrue(seen(world, assignment, TargetObservation.OutOfReach.class)
                    .startsWith("ReplicaSet checkout-5f6b7, "));
            world.change(object -> object.withObject("/metadata").put("uid", "uid-9"));
            assertTrue(
                    seen(world, assignment, TargetObservation.OutOfReach.class).contains("was deleted and made anew"));
            world.server.delete(ArgoRolloutsKind.ROLLOUT, "shop", "checkout");
            assertEquals("rollout shop/checkout is gone", seen(world, assignment, TargetObservation.OutOfReach.class));
            assertInstanceOf(ApplyResult.Refused.class, world.target().apply(assignment));
        }
    }

    @Test
    void scaledToNothingItIsRestoredAndSaysSo() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            world.change(object -> object.withObject("/spec").put("replicas", 0));
            world.work();
            var assignment = world.assignment();
            world.drive(assignment);
            assertTrue(seen(world, assignment, TargetObservation.Restored.class).contains("scaled to 0"));
        }
    }

    @Test
    void oncePromotedTheCommandIsAnUndoToThatRevision() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            assertEquals(
                    "kubectl argo rollouts undo checkout --to-revision=1 -n shop && "
                            + "kubectl argo rollouts promote checkout --full -n shop",
                    world.target().commandToApply(world.assignment()));
        }
    }
}
