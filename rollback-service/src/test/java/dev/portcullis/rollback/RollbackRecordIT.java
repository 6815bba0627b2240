package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.proto.rollback.v1.CancelRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackEvent;
import dev.portcullis.proto.rollback.v1.WatchRollbackRequest;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Rollbacks as callers read, watch, list and cancel them. */
final class RollbackRecordIT extends RollbackServiceSetup {
    @Test
    void theRecordTellsWhoWhyAndWhatWasSeen() {
        try (var webhook = new TrafficSwitch()) {
            var ended = caller.awaitEnd(startFor("recorded", webhook, "").getName());
            var events = ended.getEventsList();
            assertEquals("alice", events.getFirst().getBy());
            assertTrue(events.getFirst().getDetail().contains("the error budget of two days"), ended.toString());
            var told = events.stream()
                    .filter(event -> event.getDetail().contains("answered 202"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("webhook apply", told.getStep());
            assertTrue(told.getBy().startsWith("rollback-service "), told.toString());
            assertTrue(told.getSeenBefore().startsWith("restored: false"), told.toString());
            assertTrue(told.getSeenAfter().contains("answered 202"), told.toString());
        }
    }

    @Test
    void aCancelledRollbackStopsBeforeItsNextTry() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(429, "");
            var started = startFor("cancelled", webhook, "");
            Await.until("a try", Duration.ofSeconds(60), () -> !webhook.posts().isEmpty());
            var request = CancelRollbackRequest.newBuilder()
                    .setName(started.getName())
                    .setReason("the wrong service")
                    .setCaller("bob")
                    .build();
            assertEquals(
                    "the wrong service", caller.stub.cancelRollback(request).getCancelReason());
            var ended = caller.awaitEnd(started.getName());
            assertEquals(State.CANCELLED, ended.getState());
            assertEquals("cancelled by bob: the wrong service. Nothing was changed.", ended.getDetail());
            assertEquals(State.CANCELLED, caller.stub.cancelRollback(request).getState());
            var by = ended.getEventsList().stream().map(RollbackEvent::getBy).toList();
            assertEquals("alice", by.getFirst());
            assertTrue(by.contains("bob"), by.toString());
            assertEquals(State.CANCELLED, ended.getEventsList().getLast().getState());
        }
    }

    @Test
    void aCancelledRollbackDoesNotWaitForItsNextTry() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> new Response(429, "text/plain", "", Map.of("Retry-After", "3600"));
            var started = startFor("patient", webhook, "");
            Await.until("a try", Duration.ofSeconds(60), () -> !webhook.posts().isEmpty());
            var request = CancelRollbackRequest.newBuilder()
                    .setName(started.getName())
                    .setReason("no longer needed")
                    .setCaller("bob")
                    .build();
            caller.stub.cancelRollback(request);
            assertEquals(State.CANCELLED, caller.awaitEnd(started.getName()).getState());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void aRollbackThatIsCancelledWhileItsTargetIsToldEndsBeforeItLooksForTheOutcome() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = told -> {
                var active = caller.stub
                        .listRollbacks(ListRollbacksRequest.newBuilder()
                                .setService("halfway")
                                .build())
                        .getRollbacks(0);
                caller.stub.cancelRollback(CancelRollbackRequest.newBuilder()
                        .setName(active.getName())
                        .setReason("the wrong service")
                        .setCaller("bob")
                        .build());
                return webhook.apply(told);
            };
            var ended = caller.awaitEnd(startFor("halfway", webhook, "").getName());
            assertEquals(State.CANCELLED, ended.getState());
            assertEquals(1, webhook.posts().size());
            assertEquals(2, webhook.looks().size(), "when it was prepared, and before it was told");
        }
    }

    @Test
    void aWatcherSeesEveryStateUntilTheEnd() {
        try (var webhook = new TrafficSwitch()) {
            var mayLook = new CountDownLatch(1);
            webhook.onReturn = request -> {
                awaitQuietly(mayLook);
                return webhook.apply(request);
            };
            var started = startFor("watched", webhook, "");
            caller.awaitState(started.getName(), State.RUNNING);
            var states = new ArrayList<State>();
            var name = WatchRollbackRequest.newBuilder().setName(started.getName());
            caller.stub.watchRollback(name.build()).forEachRemaining(rollback -> {
                states.add(rollback.getState());
                mayLook.countDown();
            });
            assertEquals(State.RUNNING, states.getFirst());
            assertEquals(State.SUCCEEDED, states.getLast());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aListGoesPageByPageNewestFirst() {
        try (var webhook = new TrafficSwitch()) {
            policies.write("listed", webhook, "");
            var names = new ArrayList<String>();
            for (int i = 0; i < 5; i++) {
                var name = start(RunningRollbacks.request("listed")).getName();
                caller.awaitEnd(name);
                names.addFirst(name);
            }
            var found = new ArrayList<String>();
            var request = ListRollbacksRequest.newBuilder().setService("listed").setPageSize(2);
            do {
                var page = caller.stub.listRollbacks(request.build());
                page.getRollbacksList().forEach(rollback -> found.add(rollback.getName()));
                request.setPageToken(page.getNextPageToken());
            } while (!request.getPageToken().isEmpty());
            assertEquals(names, found);
            var failed = request.setState(State.FAILED).build();
            assertEquals(0, caller.stub.listRollbacks(failed).getRollbacksCount());
            var first = caller.stub.listRollbacks(
                    request.clearState().setPageToken("").build());
            var foreign = ListRollbacksRequest.newBuilder().setPageToken(first.getNextPageToken());
            var e = assertThrows(StatusRuntimeException.class, () -> caller.stub.listRollbacks(foreign.build()));
            assertTrue(e.getMessage().startsWith("INVALID_ARGUMENT: page_token: "), e.getMessage());
        }
    }
}
