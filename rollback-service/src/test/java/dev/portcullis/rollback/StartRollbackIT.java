package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.proto.rollback.v1.OrderRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
    void anOrderIsOneRollbackHoweverOftenItIsSent() {
        try (var webhook = new TrafficSwitch()) {
            var order = order("ordered", webhook);
            var first = caller.stub.orderRollback(order);
            assertEquals(first.getName(), caller.stub.orderRollback(order).getName());
            assertEquals(State.SUCCEEDED, caller.awaitEnd(first.getName()).getState());
            assertEquals(first.getName(), caller.stub.orderRollback(order).getName(), "also when it has ended");
            assertEquals(1, webhook.posts().size());
            var bobs = order.toBuilder();
            bobs.getPreparationBuilder().setCaller("bob");
            refused("TOKEN_USED", () -> caller.stub.orderRollback(bobs.build()));
            var restored = order.toBuilder().setRequestId(UUID.randomUUID().toString());
            restored.getPreparationBuilder().setAllowRestored(false);
            refused("ALREADY_RESTORED", () -> caller.stub.orderRollback(restored.build()));
        }
    }

    @Test
    void ofManyCopiesOfAnOrderAtOnceOneIsWrittenDown() throws Exception {
        try (var webhook = new TrafficSwitch();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var order = order("copied", webhook);
            var copies = Collections.nCopies(
                    8, (Callable<String>) () -> caller.stub.orderRollback(order).getName());
            var names = new HashSet<String>();
            for (var answer : threads.invokeAll(copies)) {
                names.add(answer.get());
            }
            assertEquals(1, names.size());
            caller.awaitEnd(names.iterator().next());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void anOrderOfAServiceThatHasARollbackIsRefused() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(503, "");
            var order = order("taken", webhook);
            caller.stub.orderRollback(order);
            var other =
                    order.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
            refused("ROLLBACK_IN_PROGRESS", () -> caller.stub.orderRollback(other));
            refused(
                    "NO_ROLLBACK_TARGET",
                    () -> caller.stub.orderRollback(OrderRollbackRequest.newBuilder()
                            .setRequestId(UUID.randomUUID().toString())
                            .setPreparation(RunningRollbacks.request("nowhere"))
                            .build()));
        }
    }

    @Test
    void aHundredOrdersAtOnceAreToldAndNoneTwice() throws Exception {
        try (var webhook = new TrafficSwitch();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            webhook.onLook = request -> Response.json(200, "{\"restored\":" + isTold(webhook, request) + "}");
            var orders = new ArrayList<Callable<String>>();
            for (var i = 0; i < 100; i++) {
                policies.write("many-" + i, webhook, "");
                var order = order("many-" + i);
                orders.add(() -> caller.stub.orderRollback(order).getName());
            }
            prepareFor("many-100", webhook);
            for (var answer : threads.invokeAll(orders)) {
                assertNotEquals("", answer.get());
            }
            Await.until(
                    "a call for each",
                    Duration.ofSeconds(30),
                    () -> webhook.posts().size() >= 100);
            assertEquals(100, webhook.keys().size());
            assertEquals(100, webhook.posts().size());
        }
    }

    @Test
    void whileManyAreToldForTheFirstTimeTheOutcomeOfOthersIsLookedForLater() {
        var mayAnswer = new CountDownLatch(1);
        try (var slow = new TrafficSwitch();
                var quick = new TrafficSwitch()) {
            slow.onReturn = request -> {
                await(mayAnswer);
                return slow.apply(request);
            };
            var services = IntStream.range(0, 8).mapToObj(i -> "slow-" + i).toList();
            services.forEach(service -> policies.write(service, slow, ", timeout: 1m"));
            prepareFor("quick", quick);
            services.forEach(service -> caller.stub.orderRollback(order(service)));
            Await.until(
                    "eight that are being told",
                    Duration.ofSeconds(30),
                    () -> slow.posts().size() == 8);
            var name = caller.stub.orderRollback(order("quick")).getName();
            Await.until("the call", Duration.ofSeconds(30), () -> quick.posts().size() == 1);
            var looked = Await.value("the look", Duration.ofSeconds(30), () -> Optional.of(caller.get(name))
                    .filter(rollback -> rollback.getSteps(1).hasEndTime()));
            mayAnswer.countDown();
            var pause = Duration.between(
                    ProtoTimes.instant(looked.getSteps(0).getEndTime()),
                    ProtoTimes.instant(looked.getSteps(1).getStartTime()));
            assertTrue(pause.compareTo(Duration.ofSeconds(2)) >= 0, pause.toString());
        } finally {
            mayAnswer.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isTold(TrafficSwitch webhook, StubHttpServer.Request look) {
        var service = look.uri().getQuery().replaceAll(".*service=([^&]*).*", "\"$1\"");
        return webhook.posts().stream().anyMatch(post -> post.body().contains(service));
    }

    private OrderRollbackRequest order(String service, TrafficSwitch webhook) {
        prepareFor(service, webhook);
        return order(service);
    }

    private static OrderRollbackRequest order(String service) {
        return OrderRollbackRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setPreparation(RunningRollbacks.request(service))
                .build();
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
