package dev.portcullis.rollback.targets.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What becomes of a prepared rollback, whatever helm and other people do. */
@Isolated("looks for children of this process")
final class HelmTargetIT {
    private static final String MARKS =
            "labels: {app.kubernetes.io/managed-by: Helm}, annotations: {meta.helm.sh/release-name: checkout, meta.helm.sh/release-namespace: shop}";

    private final HelmWorld world = new HelmWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Assignment prepared() {
        var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
        return new Assignment("rollbacks/1", "1/1", 1, world.order(), ready.pinned());
    }

    private TargetObservation seen(Assignment assignment) {
        return world.target().observe(assignment);
    }

    private ApplyResult applied(Assignment assignment) {
        return world.target().apply(assignment);
    }

    @Test
    void aRollbackMakesANewRevisionThatIsACopyOfTheOldOne() {
        var assignment = prepared();
        assertEquals(new NotRestored("at revision 6 (web-2.1.0, deployed: Upgrade complete)"), seen(assignment));
        assertEquals(new Accepted("helm rolled back to revision 5"), applied(assignment));
        assertEquals(new Restored("at revision 7 (web-2.0.4, deployed: Rollback to 5)"), seen(assignment));
        assertEquals("7 deployed Rollback to 5", world.helm.revisions().getLast());
    }

    @Test
    void helmIsRunWithoutAShellAndSeesLittleOfTheEnvironment() {
        applied(prepared());
        assertEquals(
                List.of("rollback checkout 5 --timeout=30s --namespace=shop --kubeconfig=" + world.server.kubeconfig()),
                world.helm.rollbacks());
        assertEquals(
                "history checkout --output=json --namespace=shop --kubeconfig=" + world.server.kubeconfig(),
                world.helm.calls().getFirst());
        assertTrue(world.helm.variables().contains("PATH"));
        assertFalse(
                world.helm.variables().contains("PORTCULLIS_DB_PASSWORD"),
                world.helm.variables().toString());
    }

    @Test
    void aHelmThatDiedInTheMiddleIsWaitedForUntilItsTimeoutAndThenToldAgain() {
        var assignment = prepared();
        world.helm.fate("die-pending", 1);
        assertTrue(assertInstanceOf(Again.class, applied(assignment)).effectUnknown());
        assertEquals(
                new NotRestored(
                        "at revision 7 (web-2.0.4, pending-rollback: Rollback to 5); somebody may be at work on it since 2026-03-01T12:00:00Z"),
                seen(assignment));
        assertFalse(assertInstanceOf(Again.class, applied(assignment)).effectUnknown());
        assertEquals(1, world.helm.rollbacks().size());
        world.pass(Duration.ofSeconds(33));
        assertEquals(
                new NotRestored(
                        "at revision 7 (web-2.0.4, pending-rollback: Rollback to 5); left behind by a helm that died"),
                seen(assignment));
        assertInstanceOf(Accepted.class, applied(assignment));
        assertEquals(new Restored("at revision 8 (web-2.0.4, deployed: Rollback to 5)"), seen(assignment));
        assertEquals(1, world.effects());
    }

    @Test
    void aRevisionOfSomebodyElseThatIsPendingIsWaitedForLonger() {
        var assignment = prepared();
        world.helm.revision("7|" + HelmWorld.START + "|pending-upgrade|web-2.2.0|2.0.0|Preparing upgrade\n");
        world.pass(Duration.ofMinutes(4));
        assertInstanceOf(Again.class, applied(assignment));
        assertEquals(0, world.helm.rollbacks().size());
        world.pass(Duration.ofMinutes(2));
        assertInstanceOf(Accepted.class, applied(assignment));
        assertInstanceOf(Restored.class, seen(assignment));
    }

    @Test
    void aRollbackThatFailsIsToldAgainWithHelmsWords() {
        var assignment = prepared();
        world.helm.fate("fail", 1);
        var failed = assertInstanceOf(Again.class, applied(assignment));
        assertEquals("helm rollback: Error: it would not", failed.text());
        assertTrue(failed.effectUnknown());
        assertEquals(
                new NotRestored("at revision 7 (web-2.0.4, failed: Rollback failed: it would not)"), seen(assignment));
        assertInstanceOf(Accepted.class, applied(assignment));
        assertInstanceOf(Restored.class, seen(assignment));
    }

    @Test
    void aHelmThatHangsIsEndedWithWhateverItStarted() {
        world.values.put("timeout", "PT1S");
        var assignment = prepared();
        world.helm.fate("hang", 1);
        var hung = assertInstanceOf(Again.class, applied(assignment));
        assertEquals("helm rollback: helm did not end within 3 s, and was ended", hung.text());
        assertTrue(hung.effectUnknown());
        assertTrue(ProcessHandle.current().descendants().noneMatch(process -> process.info()
                .command()
                .filter(command -> command.endsWith("sleep"))
                .isPresent()));
    }

    @Test
    void aClusterOutOfReachIsUnreadableAndHelmsWarningsAreNotItsWords() {
        var assignment = prepared();
        world.vanish();
        assertEquals(
                new Unreadable(
                        "helm history: Error: Kubernetes cluster unreachable: Get \"https://10.0.0.1:6443/version\": dial tcp: no route"),
                seen(assignment));
        assertFalse(assertInstanceOf(Again.class, applied(assignment)).effectUnknown());
    }

    @Test
    void anApiServerThatHasJustStartedIsToldAgainSoonAndOneThatForbidsItAfterTheUsualPause() {
        var assignment = prepared();
        world.helm.complain(HelmWorld.FORBIDDEN);
        world.start();
        var starting = assertInstanceOf(Again.class, applied(assignment));
        assertTrue(starting.soon());
        assertFalse(starting.effectUnknown());
        assertTrue(starting.text().endsWith("(the API server has just started and does not know yet who may do what)"));
        assertEquals(
                new Again("helm history: " + HelmWorld.FORBIDDEN, Duration.ZERO, false, false), applied(assignment));
    }

    @Test
    void anUpgradeAfterwardsIsTakenBackAndACopyOfACopyCounts() {
        var assignment = prepared();
        applied(assignment);
        world.helm.revision("8|" + HelmWorld.START + "|deployed|web-2.1.0|1.9.0|Upgrade complete\n");
        assertInstanceOf(NotRestored.class, seen(assignment));
        world.helm.revision("9|" + HelmWorld.START + "|deployed|web-2.0.4|1.8.0|Rollback to 7\n");
        assertInstanceOf(Restored.class, seen(assignment));
    }

    @Test
    void aReleaseThatIsGoneOrInstalledAnewIsOutOfReach() {
        var assignment = prepared();
        world.helm.revision("7|" + HelmWorld.START + "|uninstalled|web-2.1.0|1.9.0|Uninstallation complete\n");
        assertInstanceOf(OutOfReach.class, seen(assignment));
        assertInstanceOf(Refused.class, applied(assignment));
        world.helm.revisions("1|" + HelmWorld.START + "|deployed|web-2.1.0|1.9.0|Install complete\n");
        assertEquals(
                new OutOfReach("the release was installed anew; at revision 1 (web-2.1.0, deployed: Install complete)"),
                seen(assignment));
        world.helm.complain("Error: release: not found");
        assertEquals(new OutOfReach("the release is gone: helm history: Error: release: not found"), seen(assignment));
        assertInstanceOf(Refused.class, applied(assignment));
        assertEquals(0, world.helm.rollbacks().size());
    }

    @Test
    void aRevisionThatIsKeptNoMoreIsOutOfReach() {
        var assignment = prepared();
        world.helm.revisions("6|2026-03-01T11:00:00+01:00|deployed|web-2.1.0|1.9.0|Upgrade complete\n");
        assertEquals(
                new OutOfReach("revision 5 is kept no more; at revision 6 (web-2.1.0, deployed: Upgrade complete)"),
                seen(assignment));
        assertInstanceOf(Refused.class, applied(assignment));
    }

    @Test
    void itIsRestoredWhenThePodsAreThereTooAndOnlyThoseOfTheRelease() {
        var assignment = prepared();
        applied(assignment);
        workload(
                ResourceKind.DEPLOYMENT,
                "web",
                "replicas: 3",
                "observedGeneration: 1, replicas: 4, updatedReplicas: 1, availableReplicas: 4");
        workload(
                Workloads.STATEFUL_SET,
                "db",
                "replicas: 2",
                "observedGeneration: 1, readyReplicas: 2, currentRevision: a, updateRevision: a");
        world.server.put(
                ResourceKind.DEPLOYMENT,
                "shop",
                "metadata: {name: other, labels: {app.kubernetes.io/managed-by: Helm}}\nspec: {replicas: 1}");
        assertUnfinished(assignment, "Deployment web: 1 of 3 pods updated");
        status(
                ResourceKind.DEPLOYMENT,
                "web",
                "observedGeneration: 1, replicas: 4, updatedReplicas: 3, availableReplicas: 4");
        assertUnfinished(assignment, "Deployment web: 1 old pods are still there");
        status(
                ResourceKind.DEPLOYMENT,
                "web",
                "observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 2");
        assertUnfinished(assignment, "Deployment web: 2 of 3 pods available");
        status(
                ResourceKind.DEPLOYMENT,
                "web",
                "observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 3");
        assertInstanceOf(Restored.class, seen(assignment));
        status(
                Workloads.STATEFUL_SET,
                "db",
                "observedGeneration: 1, readyReplicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b");
        assertUnfinished(assignment, "StatefulSet db: 1 of 2 pods updated");
        status(
                Workloads.STATEFUL_SET,
                "db",
                "observedGeneration: 1, readyReplicas: 1, currentRevision: b, updateRevision: b");
        assertUnfinished(assignment, "StatefulSet db: 1 of 2 pods ready");
        status(Workloads.STATEFUL_SET, "db", "readyReplicas: 2, currentRevision: b, updateRevision: b");
        assertUnfinished(assignment, "StatefulSet db: its controller has not seen it yet");
        assertInstanceOf(Accepted.class, applied(assignment));
        assertEquals(1, world.effects());
    }

    private void assertUnfinished(Assignment assignment, String lack) {
        assertEquals(
                new NotRestored("at revision 7 (web-2.0.4, deployed: Rollback to 5), but " + lack), seen(assignment));
    }

    private void workload(ResourceKind kind, String name, String spec, String status) {
        world.server.put(
                kind,
                "shop",
                "metadata: {name: " + name + ", " + MARKS + "}\nspec: {" + spec + "}\nstatus: {" + status + "}");
    }

    private void status(ResourceKind kind, String name, String status) {
        var spec = kind.equals(ResourceKind.DEPLOYMENT) ? "replicas: 3" : "replicas: 2";
        workload(kind, name, spec, status);
    }

    @Test
    void aProgramThatIsGoneLaterIsToldAndTriedAgain() throws Exception {
        var assignment = prepared();
        Files.delete(world.helm.program());
        var seen = assertInstanceOf(Unreadable.class, seen(assignment));
        assertTrue(seen.text().startsWith("there is no program '" + world.helm.program()), seen.text());
        assertFalse(assertInstanceOf(Again.class, applied(assignment)).effectUnknown());
    }

    @Test
    void theCommandsAreHelms() {
        var assignment = prepared();
        assertEquals(
                "helm rollback checkout 5 --timeout=30s --namespace=shop --kubeconfig=" + world.server.kubeconfig(),
                world.target().commandToApply(assignment));
        assertEquals(
                "helm history checkout --namespace=shop --kubeconfig=" + world.server.kubeconfig(),
                world.target().commandToLook(assignment));
    }
}
