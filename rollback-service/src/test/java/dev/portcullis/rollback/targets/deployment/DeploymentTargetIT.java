package dev.portcullis.rollback.targets.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.TargetObservation;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeploymentTargetIT {
    private final DeploymentWorld world = new DeploymentWorld();
    private final Assignment assignment = world.assignment();

    @AfterEach
    void close() {
        world.close();
    }

    private ApplyResult apply() {
        return world.target().apply(assignment);
    }

    private <T extends TargetObservation> String seen(Class<T> kind) {
        return assertInstanceOf(kind, world.target().observe(assignment)).text();
    }

    private void anotherRelease() {
        world.change(object -> ((ObjectNode) object.at("/spec/template/spec/containers/0")).put("image", "shop:3"));
    }

    private void status(Consumer<ObjectNode> change) {
        world.change(object -> change.accept(object.withObject("/status")));
    }

    @Test
    void theTemplateIsPutBackWithoutTheHashAndOnlyOnWhatWasSeen() throws Exception {
        var seen = world.deployment().at("/metadata/resourceVersion").asText();
        apply();
        var patch =
                new ObjectMapper().readTree(world.server.applied().getFirst().body());
        assertEquals(
                "test /metadata/resourceVersion " + seen,
                patch.at("/0/op").asText() + " " + patch.at("/0/path").asText() + " "
                        + patch.at("/0/value").asText());
        assertEquals(
                "replace /spec/template",
                patch.at("/1/op").asText() + " " + patch.at("/1/path").asText());
        assertEquals(
                "{\"app\":\"checkout\"}", patch.at("/1/value/metadata/labels").toString());
        assertEquals("shop:1", patch.at("/1/value/spec/containers/0/image").asText());
    }

    @Test
    void theReplicaSetIsUsedAgainUnderANewNumber() {
        world.drive(assignment);
        assertEquals(
                "3",
                world.deployment()
                        .at("/metadata/annotations")
                        .path("deployment.kubernetes.io/revision")
                        .asText());
        assertEquals(3, world.replicaSets.sum("5f6b7", "replicas"));
        assertEquals(0, world.replicaSets.sum("7d9c8", "replicas"));
    }

    @Test
    void theRevisionThatIsCurrentHasTheTrafficWhateverItIsCalled() {
        world.drive(assignment);
        assertEquals("5f6b7", ((TargetObservation.Restored) world.target().observe(assignment)).revision());
        world.replicaSets.put("twin1", "1", 4, 3);
        world.replicaSets.scale("5f6b7", 0);
        world.change(
                object -> object.withObject("/metadata/annotations").put("deployment.kubernetes.io/revision", "4"));
        assertEquals("twin1", ((TargetObservation.Restored) world.target().observe(assignment)).revision());
        world.server.delete(ResourceKind.REPLICA_SET, "shop", "checkout-5f6b7");
        var text = seen(TargetObservation.Restored.class);
        assertTrue(text.contains("has the pod template of twin1 (ReplicaSet checkout-twin1, revision 4)"), text);
    }

    @Test
    void aTemplateTheControllerHasNotTakenUpIsNotRestored() {
        apply();
        assertTrue(seen(TargetObservation.NotRestored.class).endsWith("which its controller has not taken up yet"));
        assertInstanceOf(ApplyResult.Accepted.class, apply());
        assertEquals(1, world.effects());
    }

    @Test
    void podsOfOtherRevisionsOrMissingOnesAreNotRestored() {
        world.drive(assignment);
        status(status -> status.put("replicas", 4));
        assertTrue(seen(TargetObservation.NotRestored.class).contains("3 of 3 pods with it, 1 others, 3 available"));
        status(status -> status.put("replicas", 3).put("availableReplicas", 2));
        assertTrue(seen(TargetObservation.NotRestored.class).contains("3 of 3 pods with it, 0 others, 2 available"));
    }

    @Test
    void whatItsControllerSaysOfItsProgressIsShown() {
        apply();
        world.work();
        status(status -> {
            status.put("availableReplicas", 1);
            status.putArray("conditions")
                    .addObject()
                    .put("type", "Progressing")
                    .put("reason", "ProgressDeadlineExceeded")
                    .put("message", "ReplicaSet \"checkout-5f6b7\" has timed out progressing.");
        });
        assertTrue(seen(TargetObservation.NotRestored.class)
                .endsWith("; ProgressDeadlineExceeded: ReplicaSet \"checkout-5f6b7\" has timed out progressing."));
    }

    @Test
    void scaledToNothingItIsRestoredAndSaysSo() {
        world.change(object -> object.withObject("/spec").put("replicas", 0));
        world.drive(assignment);
        assertTrue(seen(TargetObservation.Restored.class).endsWith("and is scaled to 0: there are no pods"));
    }

    @Test
    void anAutoscalerInBetweenDoesNotMatter() {
        world.change(object -> object.withObject("/spec").put("replicas", 7));
        world.drive(assignment);
        assertTrue(seen(TargetObservation.Restored.class).contains("7 of 7 pods with it"));
    }

    @Test
    void aPauseIsEndedAfterTheTemplateWasPutBack() {
        world.change(object -> object.withObject("/spec").put("paused", true));
        assertInstanceOf(ApplyResult.Advanced.class, apply());
        assertTrue(world.deployment().at("/spec/paused").asBoolean());
        assertInstanceOf(ApplyResult.Accepted.class, apply());
        assertFalse(world.deployment().at("/spec/paused").asBoolean());
        assertEquals(2, world.effects());
    }

    @Test
    void aPauseOfWhatIsRestoredIsLeftAlone() {
        world.drive(assignment);
        world.change(object -> object.withObject("/spec").put("paused", true));
        world.work();
        var effects = world.effects();
        assertInstanceOf(ApplyResult.Accepted.class, apply());
        assertEquals(effects, world.effects());
    }

    @Test
    void somebodyElsesChangeInBetweenIsAConflictThatIsLookedAtAgain() {
        var result = world.applyWhile(
                assignment,
                () -> world.change(object -> object.withObject("/spec").put("replicas", 4)));
        assertFalse(assertInstanceOf(ApplyResult.Again.class, result).effectUnknown());
        assertEquals(0, world.effects());
        world.drive(assignment);
        assertEquals(1, world.effects());
    }

    @Test
    void aLookThatFailsBeforeAChangeHasNoEffect() {
        world.server.failNext(request -> true, 500, Map.of());
        assertFalse(assertInstanceOf(ApplyResult.Again.class, apply()).effectUnknown());
        world.server.failNext(request -> true, 403, Map.of());
        assertInstanceOf(ApplyResult.Refused.class, apply());
        assertEquals(0, world.effects());
    }

    @Test
    void aServerThatFailsAtTheChangeLeavesItsEffectUnknown() {
        world.server.failNext(503, Map.of("Retry-After", "7"));
        var again = assertInstanceOf(ApplyResult.Again.class, apply());
        assertEquals("PT7S true", again.pause() + " " + again.effectUnknown());
        world.server.failNext(422, Map.of());
        assertInstanceOf(ApplyResult.Refused.class, apply());
    }

    @Test
    void aReleaseThatBeganLaterIsLeftAlone() {
        world.replicaSets.put("9a8b7", "3", 3, 0);
        anotherRelease();
        world.work();
        assertTrue(seen(TargetObservation.OutOfReach.class).contains("came after the rollback to 5f6b7"));
        assertInstanceOf(ApplyResult.Refused.class, apply());
        assertEquals(0, world.effects());
    }

    @Test
    void aReleaseThatBeginsBetweenLookAndChangeIsLeftAlone() {
        world.replicaSets.put("9a8b7", "3", 3, 0);
        var result = world.applyWhile(assignment, this::anotherRelease);
        assertInstanceOf(ApplyResult.Again.class, result);
        assertInstanceOf(ApplyResult.Refused.class, apply());
        assertEquals(0, world.effects());
    }

    @Test
    void aReplicaSetThatIsGoneIsOutOfReach() {
        world.server.delete(ResourceKind.REPLICA_SET, "shop", "checkout-5f6b7");
        assertEquals(
                "ReplicaSet checkout-5f6b7, which kept revision 5f6b7 of deployment shop/checkout, is gone; kept: "
                        + "7d9c8 (ReplicaSet checkout-7d9c8, revision 2)",
                seen(TargetObservation.OutOfReach.class));
        assertInstanceOf(ApplyResult.Refused.class, apply());
    }

    @Test
    void aDeploymentThatIsGoneOrMadeAnewIsOutOfReach() {
        world.change(object -> object.withObject("/metadata").put("uid", "uid-9"));
        assertTrue(seen(TargetObservation.OutOfReach.class).contains("was deleted and made anew"));
        world.server.delete(ResourceKind.DEPLOYMENT, "shop", "checkout");
        assertEquals("deployment shop/checkout is gone", seen(TargetObservation.OutOfReach.class));
        assertInstanceOf(ApplyResult.Refused.class, apply());
        assertEquals(0, world.effects());
    }

    @Test
    void theCommandsAreKubectls() {
        assertEquals(
                "kubectl rollout undo deployment/checkout --to-revision=1 -n shop",
                world.target().commandToApply(assignment));
        assertEquals(
                "kubectl rollout status deployment/checkout --timeout=10s -n shop",
                world.target().commandToLook(assignment));
    }
}
