package dev.portcullis.rollback.targets.argorollouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Unreachable;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.workload.WorkloadWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgoRolloutsPrepareIT {
    @Test
    void whileItProgressesTheGoalIsReachedByAnAbort() {
        try (var world = RolloutWorld.progressing(RolloutWorld.ROUTED)) {
            assertEquals(
                    "rollout shop/checkout has all of its traffic on 5f6b7 (ReplicaSet checkout-5f6b7, revision 1), "
                            + "the stable revision, by an abort",
                    world.ready("5f6b7").goal());
            assertEquals(
                    "rollout shop/checkout: not on 5f6b7 (ReplicaSet checkout-5f6b7, revision 1) yet, "
                            + "it progresses; stable 5f6b7, current 7d9c8, Progressing",
                    world.ready("5f6b7").now().text());
        }
    }

    @Test
    void oncePromotedTheGoalIsReachedByAnUndo() {
        try (var world = RolloutWorld.promoted(RolloutWorld.ROUTED)) {
            assertTrue(world.ready("5f6b7").goal().endsWith("by an undo and a full promotion without steps"));
            assertEquals("checkout-5f6b7", world.ready("1").pinned().required("replicaSet"));
        }
    }

    @Test
    void theCurrentRevisionOfAPromotedRolloutIsThereAlready() {
        for (var strategy : new String[] {RolloutWorld.CANARY, RolloutWorld.ROUTED, RolloutWorld.BLUE_GREEN}) {
            try (var world = RolloutWorld.promoted(strategy)) {
                assertInstanceOf(
                        TargetObservation.Restored.class, world.ready("7d9c8").now(), strategy);
            }
        }
    }

    @Test
    void anUnknownRevisionIsNotFoundAndThoseKeptAreNamed() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var blocked = world.blocked("abcde");
            assertEquals(Obstacle.REVISION_NOT_FOUND, blocked.obstacle());
            assertTrue(
                    blocked.text()
                            .endsWith("; kept: 5f6b7 (ReplicaSet checkout-5f6b7, revision 1), "
                                    + "7d9c8 (ReplicaSet checkout-7d9c8, revision 2)"),
                    blocked.text());
        }
    }

    @Test
    void aLabelThatDoesNotTellRevisionsApartIsAmbiguous() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            var configured = world.configured(Map.of("revisionLabel", "app"));
            var blocked = assertInstanceOf(
                    Blocked.class, world.target().prepare(WorkloadWorld.order("checkout"), configured));
            assertEquals(Obstacle.REVISION_AMBIGUOUS, blocked.obstacle());
        }
    }

    @Test
    void aReplicaSetOfAnExperimentIsNoRevision() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            world.replicaSets.change("5f6b7", object -> object.withArray("/metadata/ownerReferences")
                    .removeAll());
            assertEquals(Obstacle.REVISION_NOT_FOUND, world.blocked("5f6b7").obstacle());
        }
    }

    @Test
    void aRolloutOrItsDeploymentThatIsNotThereIsNotFound() {
        try (var world = RolloutWorld.promotedWithDeployment(RolloutWorld.CANARY)) {
            world.server.delete(ResourceKind.DEPLOYMENT, "shop", "checkout-pods");
            var blocked = world.blocked("5f6b7");
            assertEquals(Obstacle.TARGET_NOT_FOUND, blocked.obstacle());
            assertTrue(blocked.text().startsWith("there is no deployment shop/checkout-pods"), blocked.text());
            world.server.delete(ArgoRolloutsKind.ROLLOUT, "shop", "checkout");
            assertTrue(world.blocked("5f6b7").text().startsWith("there is no rollout shop/checkout in cluster"));
        }
    }

    @Test
    void aPodTemplateInSomethingElseThanADeploymentIsNotPossible() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            world.change(object -> object.withObject("/spec/workloadRef")
                    .put("kind", "PodTemplate")
                    .put("name", "shop"));
            var blocked = world.blocked("5f6b7");
            assertEquals(Obstacle.NOT_POSSIBLE, blocked.obstacle());
            assertTrue(blocked.text().contains("in a PodTemplate (spec.workloadRef)"), blocked.text());
        }
    }

    @Test
    void whoMayNotReadIsDeniedAccessAndAServerThatFailsIsUnreachable() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            world.server.failNext(request -> true, 403, Map.of());
            assertEquals(Obstacle.ACCESS_DENIED, world.blocked("5f6b7").obstacle());
            world.server.failNext(request -> request.path().endsWith("/replicasets"), 500, Map.of());
            assertInstanceOf(Unreachable.class, world.target().prepare(world.order(), world.configured()));
        }
    }

    @Test
    void aPauseIsAWarning() {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            assertTrue(world.precondition("PAUSED").met());
            world.paused();
            assertFalse(world.precondition("PAUSED").met());
        }
    }

    @Test
    void whoKeepsItFromElsewhereIsAWarningBeforeAnUndoButNotBeforeAnAbort() {
        try (var progressing = RolloutWorld.progressing(RolloutWorld.CANARY);
                var promoted = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            for (var world : new RolloutWorld[] {progressing, promoted}) {
                world.change(object ->
                        object.withObject("/metadata/labels").put("argocd.argoproj.io/instance", "shop-prod"));
            }
            assertTrue(progressing.precondition("GITOPS_MAY_REVERT").met());
            var warning = promoted.precondition("GITOPS_MAY_REVERT");
            assertFalse(warning.met());
            assertTrue(
                    warning.text().startsWith("Argo CD application shop-prod keeps Rollout checkout"), warning.text());
        }
    }

    @Test
    void withAWorkloadRefItIsTheDeploymentThatSomebodyMayKeep() {
        try (var world = RolloutWorld.promotedWithDeployment(RolloutWorld.CANARY)) {
            world.change(object -> object.withObject("/metadata/labels").put("argocd.argoproj.io/instance", "other"));
            assertTrue(world.precondition("GITOPS_MAY_REVERT").met());
            world.server.change(
                    ResourceKind.DEPLOYMENT, "shop", "checkout-pods", object -> object.withObject("/metadata/labels")
                            .put("argocd.argoproj.io/instance", "shop-prod"));
            assertFalse(world.precondition("GITOPS_MAY_REVERT").met());
        }
    }
}
