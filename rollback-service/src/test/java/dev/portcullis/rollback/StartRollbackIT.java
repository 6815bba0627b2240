package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Preparing and starting rollbacks. */
final class StartRollbackIT extends RollbackServiceSetup {
    @Test
    void preparingShowsWhatWouldBeDoneAndDoesNothing() {
        try (var webhook = new TrafficSwitch()) {
            var prepared = prepareFor("prepared", webhook);
            var stage = prepared.getStages(0);
            assertEquals("webhook", stage.getTarget());
            assertTrue(stage.getCurrent().startsWith("restored: false"), stage.toString());
            assertTrue(stage.getGoal().contains("5f6b7"), stage.toString());
            assertTrue(stage.getCommand().startsWith("curl -sS -X POST"), stage.toString());
            assertTrue(stage.getPreconditions(0).getMet(), stage.toString());
            assertEquals("alice", prepared.getCaller());
            var validFor = prepared.getExpireTime().getSeconds()
                    - prepared.getCreateTime().getSeconds();
            assertEquals(600, validFor);
            assertEquals(List.of(), webhook.posts());
        }
    }

    @Test
    void aServiceWithoutTargetHasNoRollback() {
        refused("NO_ROLLBACK_TARGET", () -> caller.stub.prepareRollback(RunningRollbacks.request("nowhere")));
    }

    @Test
    void theSameStartAnswersTheSameRollbackAndSomebodyElsesIsRefused() {
        try (var webhook = new TrafficSwitch()) {
            var second = RunningRollbacks.second(prepareFor("twice", webhook));
            var first = caller.stub.startRollback(second);
            assertEquals(first.getName(), caller.stub.startRollback(second).getName());
            caller.awaitEnd(first.getName());
            assertEquals(first.getName(), caller.stub.startRollback(second).getName());
            refused(
                    "TOKEN_USED",
                    () -> caller.stub.startRollback(
                            second.toBuilder().setCaller("bob").build()));
            refused(
                    "TOKEN_USED",
                    () -> caller.stub.startRollback(second.toBuilder()
                            .setRequestId(UUID.randomUUID().toString())
                            .build()));
            assertEquals(1, webhook.posts().size());
            refused(
                    "ALREADY_RESTORED",
                    () -> caller.stub.prepareRollback(RunningRollbacks.request("twice").toBuilder()
                            .setAllowRestored(false)
                            .build()));
            // A new preparation is a new rollback, which finds its work done.
            var again = start(RunningRollbacks.request("twice"));
            assertNotEquals(first.getName(), again.getName());
            assertEquals(State.SUCCEEDED, caller.awaitEnd(again.getName()).getState());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void aTokenNobodyGaveAndOneOutOfDateStartNothing() {
        var unknown = StartRollbackRequest.newBuilder()
                .setToken(UUID.randomUUID().toString())
                .setCaller("alice")
                .build();
        refused("TOKEN_UNKNOWN", () -> caller.stub.startRollback(unknown));
        try (var webhook = new TrafficSwitch()) {
            var prepared = prepareFor("expired", webhook);
            service.get(Database.class)
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "update rollback_preparation set expire_time = now() where token = ?",
                            UUID.fromString(prepared.getToken())));
            refused("TOKEN_EXPIRED", () -> caller.start(prepared));
            assertEquals(List.of(), webhook.posts());
        }
    }

    @Test
    void ofTwoStartsAtOnceOneIsRefused() throws Exception {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(503, "");
            var one = prepareFor("rivals", webhook);
            var other = caller.stub.prepareRollback(RunningRollbacks.request("rivals"));
            var outcomes = new ArrayList<String>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var answer : threads.invokeAll(List.of(outcomeOf(one), outcomeOf(other)))) {
                    outcomes.add(answer.get());
                }
            }
            outcomes.sort(null);
            assertEquals(List.of("ROLLBACK_IN_PROGRESS", "started"), outcomes);
            refused("ROLLBACK_IN_PROGRESS", () -> caller.stub.prepareRollback(RunningRollbacks.request("rivals")));
        }
    }

    private Callable<String> outcomeOf(RollbackPreparation preparation) {
        return () -> {
            try {
                caller.start(preparation);
                return "started";
            } catch (StatusRuntimeException e) {
                return RpcErrors.reason(e).orElse(e.toString());
            }
        };
    }

    @Test
    void aServiceHasOneRollbackAtATime() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(503, "");
            var first = startFor("busy", webhook, "");
            var e = assertThrows(
                    StatusRuntimeException.class, () -> caller.stub.prepareRollback(RunningRollbacks.request("busy")));
            assertEquals("ROLLBACK_IN_PROGRESS", RpcErrors.reason(e).orElse(""));
            assertTrue(e.getMessage().contains(first.getName()), e.getMessage());
            webhook.onReturn = webhook::apply;
            assertEquals(State.SUCCEEDED, caller.awaitEnd(first.getName()).getState());
        }
    }
}
