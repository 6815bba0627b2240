package dev.portcullis.rollback.targets.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.KubeRequest;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Advanced;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a prepared rollback, whatever Argo CD and other people do. */
final class ArgoCdTargetIT {
    private ArgoCdWorld world = new ArgoCdWorld(ArgoCdWorld.MANUAL, "refuse");

    @AfterEach
    void close() {
        world.close();
    }

    private void open(String application, String autoSync) {
        world.close();
        world = new ArgoCdWorld(application, autoSync);
    }

    private Assignment prepared() {
        var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
        return new Assignment("rollbacks/1", "1/1", 1, world.order(), ready.pinned());
    }

    private void change(Consumer<ObjectNode> change) {
        world.server.change(Application.KIND, "argocd", "checkout", change);
    }

    private TargetObservation seen(Assignment assignment) {
        return world.target().observe(assignment);
    }

    private ApplyResult applied(Assignment assignment) {
        return world.target().apply(assignment);
    }

    @Test
    void theOperationIsTheOneThatArgoCdsOwnServerSets() throws Exception {
        applied(prepared());
        var expected = new ObjectMapper().readTree("""
                {"initiatedBy": {"username": "portcullis"},
                 "info": [{"name": "Idempotency-Key", "value": "1/1"}],
                 "sync": {"revision": "%s", "prune": false, "syncStrategy": {"apply": {}}, "syncOptions": ["CreateNamespace=true"],
                   "source": {"repoURL": "https://git.example.com/shop.git", "path": "deploy/checkout", "targetRevision": "main"}}}
                """.formatted(ArgoCdWorld.GOOD));
        assertEquals(expected, world.application().object().path("operation"));
        assertFalse(world.application().object().path("status").has("operationState"));
    }

    @Test
    void ofSeveralSourcesAllRevisionsAndSourcesAreTold() {
        open(ArgoCdWorld.SEVERAL, "refuse");
        applied(prepared());
        var sync = world.application().object().at("/operation/sync");
        assertEquals(world.application().history().getFirst().node().path("sources"), sync.path("sources"));
        assertEquals(
                "[\"" + ArgoCdWorld.GOOD + "\",\"2.0.4\"]",
                sync.path("revisions").toString());
        assertFalse(sync.has("source") || sync.has("revision"), sync.toString());
    }

    @Test
    void afterwardsItIsOutOfSyncWithGitAndRestored() {
        var assignment = prepared();
        applied(assignment);
        world.work();
        assertEquals(new Restored("at history id 13 (1a2b3c4d5e6f), Healthy, OutOfSync with Git"), seen(assignment));
        assertEquals(new Accepted(seen(assignment).text()), applied(assignment));
    }

    @Test
    void anOperationOfSomebodyElseIsWaitedFor() {
        var assignment = prepared();
        change(app -> app.putObject("operation").putObject("sync").put("revision", ArgoCdWorld.BAD));
        world.argoCd.begin();
        var waiting = assertInstanceOf(Again.class, applied(assignment));
        assertFalse(waiting.effectUnknown());
        assertTrue(waiting.soon(), "users wait for it: it is looked at again soon");
        assertEquals(
                "a sync to 9f8e7d6c5b4a is under way, Running: one or more tasks are running; it is ended by: argocd app terminate-op argocd/checkout",
                waiting.text());
        assertInstanceOf(NotRestored.class, seen(assignment));
        world.work();
        assertInstanceOf(Advanced.class, applied(assignment));
    }

    @Test
    void anOperationOfOursIsAcceptedOnceItTouchesTheCluster() {
        var assignment = prepared();
        applied(assignment);
        assertInstanceOf(Again.class, applied(assignment));
        world.argoCd.begin();
        assertInstanceOf(Accepted.class, applied(assignment));
        assertInstanceOf(NotRestored.class, seen(assignment));
        assertEquals(1, world.effects());
    }

    @Test
    void anOperationOfOursThatFailedIsSetAgain() {
        var assignment = prepared();
        applied(assignment);
        world.argoCd.failure = "ComparisonError: repository not accessible";
        world.work();
        assertEquals(
                new NotRestored(
                        "at history id 12 (9f8e7d6c5b4a); last operation Failed: ComparisonError: repository not accessible"),
                seen(assignment));
        var again = assertInstanceOf(Again.class, applied(assignment));
        assertTrue(again.text().startsWith("the last try is Failed: ComparisonError"), again.text());
        world.argoCd.failure = "";
        world.work();
        assertInstanceOf(Restored.class, seen(assignment));
        assertEquals(2, world.effects());
    }

    @Test
    void whatIsDeployedAndNotHealthyIsWaitedForAndNotDeployedAgain() {
        var assignment = prepared();
        applied(assignment);
        world.argoCd.health = "Progressing";
        world.work();
        assertEquals(new NotRestored("at history id 13 (1a2b3c4d5e6f), but Progressing"), seen(assignment));
        assertInstanceOf(Accepted.class, applied(assignment));
        assertEquals(1, world.effects());
        world.argoCd.health = "Healthy";
        world.argoCd.compare();
        assertInstanceOf(Restored.class, seen(assignment));
    }

    @Test
    void aHealthFromBeforeTheEndOfTheOperationDoesNotCount() {
        var assignment = prepared();
        applied(assignment);
        world.work();
        change(app -> app.withObject("/status").put("reconciledAt", "2026-03-01T11:59:59Z"));
        var early = assertInstanceOf(NotRestored.class, seen(assignment));
        assertTrue(early.text().contains("health was not looked at since"), early.text());
    }

    @Test
    void aSyncToSomethingElseAfterwardsIsTakenBack() {
        var assignment = prepared();
        applied(assignment);
        world.work();
        change(app -> {
            var sync = app.putObject("operation").putObject("sync").put("revision", ArgoCdWorld.BAD);
            sync.set("source", app.at("/spec/source"));
        });
        world.work();
        assertInstanceOf(NotRestored.class, seen(assignment));
        assertInstanceOf(Advanced.class, applied(assignment));
    }

    @Test
    void aTryOfSomethingElseThatFailedHalfwayIsTakenBackAndADryRunIsNot() {
        var assignment = prepared();
        applied(assignment);
        world.work();
        change(app -> app.putObject("operation")
                .putObject("sync")
                .put("revision", ArgoCdWorld.BAD)
                .put("dryRun", true));
        world.work();
        assertInstanceOf(Restored.class, seen(assignment));
        change(app -> app.putObject("operation").putObject("sync").put("revision", ArgoCdWorld.BAD));
        world.argoCd.failure = "one or more objects failed to apply";
        world.work();
        assertInstanceOf(NotRestored.class, seen(assignment));
        assertInstanceOf(Advanced.class, applied(assignment));
    }

    @Test
    void theSameRevisionWithOtherParametersIsSomethingElse() {
        var assignment = prepared();
        change(app -> {
            var entry = ((ObjectNode) app.at("/status/history/1")).deepCopy().put("id", 13);
            entry.withObject("/source/helm")
                    .putArray("parameters")
                    .addObject()
                    .put("name", "tag")
                    .put("value", "2");
            app.withObject("/status").withArray("history").add(entry);
        });
        assertInstanceOf(NotRestored.class, seen(assignment));
    }

    @Test
    void anApplicationMadeAnewOrGoneOrBeingDeletedIsOutOfReach() {
        var assignment = prepared();
        change(app -> app.withObject("/metadata").put("deletionTimestamp", "2026-03-01T12:00:00Z"));
        assertOutOfReach(assignment, "the application was deleted");
        world.server.put(Application.KIND, "argocd", ArgoCdWorld.MANUAL);
        assertOutOfReach(assignment, "the application was deleted, and made anew");
        world.server.delete(Application.KIND, "argocd", "checkout");
        assertOutOfReach(assignment, "there is no application argocd/checkout any more");
        assertEquals(0, world.effects());
    }

    @Test
    void aHistoryWithoutTheEntryIsOutOfReach() {
        var assignment = prepared();
        change(app -> app.withObject("/status").withArray("history").remove(1));
        assertOutOfReach(
                assignment, "history id 11 (1a2b3c4d5e6f) is in the history no more; at history id 12 (9f8e7d6c5b4a)");
    }

    private void assertOutOfReach(Assignment assignment, String why) {
        assertEquals(new OutOfReach(why), seen(assignment));
        assertEquals(new Refused(why), applied(assignment));
    }

    @Test
    void whoComesLateIsRefused() throws Exception {
        var assignment = prepared();
        try (var held = world.server.hold(KubeRequest::isMutating)) {
            var late = CompletableFuture.supplyAsync(() -> applied(assignment), Thread.ofVirtual()::start);
            held.awaitArrival();
            change(app -> app.withObject("/status/health").put("status", "Degraded"));
            held.release();
            var outcome = assertInstanceOf(Again.class, late.get());
            assertFalse(outcome.effectUnknown(), outcome.text());
        }
        assertEquals(0, world.effects());
    }

    @Test
    void aFailedLookLeavesNothingUnknown() {
        var assignment = prepared();
        world.server.failNext(request -> true, 500, Map.of());
        assertFalse(assertInstanceOf(Again.class, applied(assignment)).effectUnknown());
        world.server.failNext(KubeRequest::isMutating, 500, Map.of());
        assertTrue(assertInstanceOf(Again.class, applied(assignment)).effectUnknown());
        world.server.failNext(KubeRequest::isMutating, 403, Map.of());
        assertInstanceOf(Refused.class, applied(assignment));
    }

    @Test
    void autoSyncThatIsSwitchedOnLaterIsRespectedWhenThePolicySaysSo() {
        var assignment = prepared();
        change(app -> app.withObject("/spec/syncPolicy").putObject("automated"));
        assertInstanceOf(Refused.class, applied(assignment));
        assertEquals(0, world.effects());
    }

    @Test
    void autoSyncIsSwitchedOffFirstAndNoted() {
        open(ArgoCdWorld.AUTOMATIC, "switch-off");
        var assignment = prepared();
        assertInstanceOf(Advanced.class, applied(assignment));
        var object = world.application().object();
        assertFalse(object.at("/spec/syncPolicy").has("automated"));
        assertEquals(
                "{\"prune\":true,\"selfHeal\":true}",
                object.at("/metadata/annotations")
                        .path(ApplicationPatch.AUTO_SYNC_WAS)
                        .asText());
        assertFalse(object.has("operation"));
        assertInstanceOf(Advanced.class, applied(assignment));
        world.work();
        assertEquals(
                "at history id 13 (1a2b3c4d5e6f), Healthy, OutOfSync with Git; auto-sync was switched off: {\"prune\":true,\"selfHeal\":true}",
                assertInstanceOf(Restored.class, seen(assignment)).text());
        assertFalse(world.application().autoSync().isPresent());
    }

    @Test
    void autoSyncThatIsSwitchedOnAgainIsSeenAndSwitchedOffAgain() {
        open(ArgoCdWorld.AUTOMATIC, "switch-off");
        var assignment = prepared();
        applied(assignment);
        applied(assignment);
        world.work();
        change(app -> app.withObject("/spec/syncPolicy").putObject("automated"));
        assertEquals(
                new NotRestored("at history id 13 (1a2b3c4d5e6f), but auto-sync is on and Git has another revision"),
                seen(assignment));
        assertInstanceOf(Advanced.class, applied(assignment));
        assertInstanceOf(Restored.class, seen(assignment));
    }

    @Test
    void whatAddressesAndParametersHoldIsNeitherKeptNorShown() {
        open(
                ArgoCdWorld.MANUAL
                        .replace("https://git", "https://bot:s3cr3t@git")
                        .replace("targetRevision: main", "targetRevision: main, helm: {values: 'key: s3cr3t'}"),
                "refuse");
        var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
        assertFalse(ready.toString().contains("s3cr3t"), ready.toString());
        var assignment = new Assignment("rollbacks/1", "1/1", 1, world.order(), ready.pinned());
        var texts = world.target().commandToApply(assignment)
                + world.target().commandToLook(assignment)
                + applied(assignment)
                + seen(assignment);
        assertFalse(texts.contains("s3cr3t"), texts);
    }

    @Test
    void theCommandsAreForKubectlAndArgocd() {
        open(ArgoCdWorld.AUTOMATIC, "switch-off");
        var assignment = prepared();
        assertEquals(
                "kubectl -n argocd patch applications.argoproj.io checkout --type merge -p '{\"spec\":{\"syncPolicy\":{\"automated\":null}}}'"
                        + " && argocd app rollback argocd/checkout 11",
                world.target().commandToApply(assignment));
        assertTrue(world.target()
                .commandToLook(assignment)
                .startsWith("kubectl -n argocd get applications.argoproj.io checkout -o jsonpath="));
    }
}
