package dev.portcullis.rollback.targets.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Unreachable;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.workload.WorkloadWorld;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeploymentPrepareIT {
    private final DeploymentWorld world = new DeploymentWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theGoalNamesTheReplicaSetAndItsNumber() {
        assertEquals(
                "deployment shop/checkout has all of its pods from the template of 5f6b7 (ReplicaSet checkout-5f6b7, revision 1)",
                world.ready("5f6b7").goal());
    }

    @Test
    void aNumberNamesTheRevisionThatHasIt() {
        assertEquals("checkout-5f6b7", world.ready("1").pinned().required("replicaSet"));
    }

    @Test
    void aLabelThatLooksLikeANumberComesFirst() {
        world.replicaSets.put("1", "0", 3, 0);
        assertEquals("checkout-1", world.ready("1").pinned().required("replicaSet"));
    }

    @Test
    void theCurrentRevisionIsThereAlready() {
        assertInstanceOf(TargetObservation.Restored.class, world.ready("7d9c8").now());
    }

    @Test
    void anUnknownRevisionIsNotFoundAndThoseKeptAreNamed() {
        var blocked = world.blocked("abcde");
        assertEquals(Obstacle.REVISION_NOT_FOUND, blocked.obstacle());
        assertEquals(
                "no revision that is kept has 'abcde' in label pod-template-hash, nor is it the number of one; kept: "
                        + "5f6b7 (ReplicaSet checkout-5f6b7, revision 1), 7d9c8 (ReplicaSet checkout-7d9c8, revision 2)",
                blocked.text());
    }

    @Test
    void aLabelThatDoesNotTellRevisionsApartIsAmbiguous() {
        var configured = world.configured(Map.of("revisionLabel", "app"));
        var blocked =
                assertInstanceOf(Blocked.class, world.target().prepare(WorkloadWorld.order("checkout"), configured));
        assertEquals(Obstacle.REVISION_AMBIGUOUS, blocked.obstacle());
        assertTrue(blocked.text().startsWith("2 revisions have 'checkout' in label app: 5f6b7 "), blocked.text());
    }

    @Test
    void aReplicaSetOfSomebodyElseIsNoRevision() {
        world.replicaSets.change(
                "5f6b7", object -> object.withArray("/metadata/ownerReferences").removeAll());
        assertEquals(Obstacle.REVISION_NOT_FOUND, world.blocked("5f6b7").obstacle());
    }

    @Test
    void aDeploymentThatIsNotThereIsNotFound() {
        world.server.delete(ResourceKind.DEPLOYMENT, "shop", "checkout");
        var blocked = world.blocked("5f6b7");
        assertEquals(Obstacle.TARGET_NOT_FOUND, blocked.obstacle());
        assertTrue(
                blocked.text().startsWith("there is no deployment shop/checkout in cluster 'default'"), blocked.text());
    }

    @Test
    void whoMayNotReadIsDeniedAccess() {
        world.server.failNext(request -> true, 403, Map.of());
        assertEquals(Obstacle.ACCESS_DENIED, world.blocked("5f6b7").obstacle());
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "429"})
    void aServerThatFailsIsUnreachable(int status) {
        world.server.failNext(request -> true, status, Map.of());
        assertInstanceOf(Unreachable.class, world.target().prepare(world.order(), world.configured()));
    }

    @Test
    void aClusterNobodyConfiguredIsNotPossibleAndNamed() {
        var configured = world.configured(Map.of("cluster", "west"));
        var blocked = assertInstanceOf(Blocked.class, world.target().prepare(world.order(), configured));
        assertEquals(Obstacle.NOT_POSSIBLE, blocked.obstacle());
        assertTrue(blocked.text().contains("'west' is not configured"), blocked.text());
    }

    @Test
    void aPauseIsAWarning() {
        assertTrue(world.precondition("PAUSED").met());
        world.change(object -> object.withObject("/spec").put("paused", true));
        assertFalse(world.precondition("PAUSED").met());
    }

    @Test
    void whoKeepsItFromElsewhereIsAWarning() {
        assertTrue(world.precondition("GITOPS_MAY_REVERT").met());
        world.change(object -> object.withObject("/metadata/labels").put("argocd.argoproj.io/instance", "shop-prod"));
        var warning = world.precondition("GITOPS_MAY_REVERT");
        assertFalse(warning.met());
        assertTrue(
                warning.text().startsWith("Argo CD application shop-prod keeps Deployment checkout"), warning.text());
    }

    @Test
    void leavingWhatDoesNotRunIsAWarning() {
        assertTrue(world.precondition("LEAVES_WHAT_RUNS").met());
        world.replicaSets.put("9a8b7", "3", 3, 3);
        world.replicaSets.scale("7d9c8", 0);
        world.change(object -> ((ObjectNode) object.at("/spec/template/spec/containers/0")).put("image", "shop:3"));
        assertFalse(world.precondition("LEAVES_WHAT_RUNS").met());
    }
}
