package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.CancelRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackEvent;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.proto.rollback.v1.WatchRollbackRequest;
import dev.portcullis.rollback.target.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The whole service in this process, against real PostgreSQL and real HTTP; every test has a service name of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RollbackServiceIT {
    private static final DatabaseSettings DATABASE = TestDatabase.fresh();

    @TempDir
    static Path folder;

    private PolicyFolder policies;
    private RunningService service;
    private RunningRollbacks caller;

    @BeforeAll
    void start() {
        policies = new PolicyFolder(folder);
        service = RunningRollbacks.launch(DATABASE, folder);
        caller = new RunningRollbacks(service.grpcPort());
    }

    @AfterAll
    void stop() {
        caller.close();
        service.close();
    }

    /** Starts a rollback once the service has taken the policy up. */
    private Rollback start(PrepareRollbackRequest request) {
        var started = new ArrayList<Rollback>();
        Await.until("the policy of " + request.getService(), Duration.ofSeconds(15), () -> {
            try {
                return started.add(caller.start(request));
            } catch (StatusRuntimeException e) {
                if (RpcErrors.reason(e).orElse("").equals("NO_ROLLBACK_TARGET")) {
                    return false;
                }
                throw e;
            }
        });
        return started.getFirst();
    }

    private Rollback startFor(String name, TrafficSwitch webhook, String more) {
        policies.write(name, webhook, more);
        return start(RunningRollbacks.request(name));
    }

    @Test
    void aRollbackIsToldVerifiedAndCounted() {
        try (var webhook = new TrafficSwitch()) {
            var started = startFor("happy", webhook, "");
            assertEquals(State.PLANNED, started.getState());
            assertEquals("webhook", started.getTarget());
            var ended = caller.awaitEnd(started.getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertEquals(
                    List.of("apply", "confirm", "verify"),
                    ended.getStepsList().stream().map(RollbackStep::getKind).toList());
            assertTrue(ended.getStepsList().stream().allMatch(step -> step.getState() == RollbackStep.State.DONE));
            assertTrue(ended.getSteps(0).getSeenBefore().startsWith("restored: false"));
            assertTrue(ended.getSteps(0).getSeenAfter().contains("answered 202"));
            assertTrue(ended.getSteps(1).getSeenAfter().startsWith("restored: true"));
            var id = started.getName().substring("rollbacks/".length());
            assertEquals(java.util.Set.of(id + "/1"), webhook.keys());
            assertEquals(1, webhook.posts().size());
            var meters = service.get(MeterRegistry.class);
            Await.until(
                    "the meters",
                    Duration.ofSeconds(5),
                    () -> meters.find("portcullis.rollbacks.ended")
                                    .tags("state", "SUCCEEDED", "mode", "LIVE")
                                    .counter()
                                    .count()
                            >= 1);
            assertTrue(meters.find("portcullis.rollback.duration")
                            .tags("state", "SUCCEEDED", "mode", "LIVE")
                            .timer()
                            .count()
                    >= 1);
        }
    }

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
    void aCancelledRollbackStopsBeforeItsNextTry() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(429, "");
            var started = startFor("cancelled", webhook, "");
            Await.until("a try", Duration.ofSeconds(20), () -> !webhook.posts().isEmpty());
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
            Await.until("a try", Duration.ofSeconds(20), () -> !webhook.posts().isEmpty());
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
    void aDryRunLooksAndChangesNothing() {
        try (var webhook = new TrafficSwitch()) {
            policies.write("rehearsed", webhook, "");
            var ended = caller.awaitEnd(start(RunningRollbacks.request("rehearsed").toBuilder()
                            .setMode(Rollback.Mode.DRY_RUN)
                            .build())
                    .getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertTrue(ended.getSteps(0).getSeenAfter().contains("it would be: curl"), ended.toString());
            assertTrue(ended.getDetail().startsWith("a rehearsal: nothing was changed"), ended.getDetail());
            assertEquals(List.of(), webhook.posts());
            assertTrue(!webhook.looks().isEmpty());
        }
    }

    private RollbackPreparation prepareFor(String name, TrafficSwitch webhook) {
        policies.write(name, webhook, "");
        return Await.value("the policy of " + name, Duration.ofSeconds(15), () -> {
            try {
                return Optional.of(caller.stub.prepareRollback(RunningRollbacks.request(name)));
            } catch (StatusRuntimeException e) {
                assertEquals("NO_ROLLBACK_TARGET", RpcErrors.reason(e).orElse(""));
                return Optional.empty();
            }
        });
    }

    private static void refused(String reason, Executable call) {
        var e = assertThrows(StatusRuntimeException.class, call);
        assertEquals(reason, RpcErrors.reason(e).orElse(""), e.getMessage());
    }

    @Test
    void aServiceWithoutTargetHasNoRollback() {
        refused("NO_ROLLBACK_TARGET", () -> caller.stub.prepareRollback(RunningRollbacks.request("nowhere")));
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

    @Test
    void serverErrorsAreRetriedWithTheSameKey() {
        try (var webhook = new TrafficSwitch()) {
            var left = new AtomicInteger(3);
            webhook.onReturn =
                    request -> left.getAndDecrement() > 0 ? Response.text(500, "not now") : webhook.apply(request);
            var ended = caller.awaitEnd(startFor("errors", webhook, "").getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertTrue(ended.getSteps(0).getAttempts() >= 4, ended.toString());
            assertEquals(1, webhook.keys().size());
            assertEquals(4, webhook.posts().size());
        }
    }

    @Test
    void aWebhookThatIsDownIsWaitedFor() {
        int port;
        try (var gone = new TrafficSwitch()) {
            port = gone.port();
            policies.write("down", gone, "");
        }
        var started = start(RunningRollbacks.request("down"));
        Await.until(
                "two tries",
                Duration.ofSeconds(20),
                () -> caller.get(started.getName()).getSteps(0).getAttempts() >= 2);
        try (var webhook = new TrafficSwitch(port)) {
            var ended = caller.awaitEnd(started.getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void aRefusalFailsAndSaysWhy() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(403, "not your cluster");
            var ended = caller.awaitEnd(startFor("refused", webhook, "").getName());
            assertEquals(State.FAILED, ended.getState());
            assertEquals(RollbackStep.State.GIVEN_UP, ended.getSteps(0).getState());
            assertEquals(RollbackStep.State.PENDING, ended.getSteps(1).getState());
            assertTrue(ended.getDetail().contains("answered 403: not your cluster"), ended.getDetail());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void trafficThatStaysAwayNeedsAHuman() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(200, "");
            var ended = caller.awaitEnd(
                    startFor("stuck", webhook, ", confirmFor: 1s").getName());
            assertEquals(State.NEEDS_HUMAN, ended.getState());
            assertTrue(ended.getDetail().contains("was not seen back on 5f6b7 within 1s"), ended.getDetail());
            assertTrue(ended.getDetail().contains("Next: curl -sS '" + webhook.readBack()), ended.getDetail());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void aWebhookThatNeverAcceptsNeedsAHuman() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(502, "");
            var ended =
                    caller.awaitEnd(startFor("deaf", webhook, ", retryFor: 2s").getName());
            assertEquals(State.NEEDS_HUMAN, ended.getState());
            assertTrue(ended.getDetail().contains("did not accept within 2s"), ended.getDetail());
            assertTrue(ended.getDetail().contains("Next: curl -sS -X POST"), ended.getDetail());
            assertEquals(1, webhook.keys().size());
        }
    }

    @Test
    void trafficThatIsBackAlreadyIsLeftAlone() {
        try (var webhook = new TrafficSwitch()) {
            webhook.restore();
            var ended = caller.awaitEnd(startFor("already", webhook, "").getName());
            assertEquals(State.SUCCEEDED, ended.getState());
            assertEquals(0, ended.getSteps(0).getAttempts());
            assertEquals(List.of(), webhook.posts());
        }
    }

    @Test
    void aReadBackThatIsDownForAWhileIsNoFailure() {
        try (var webhook = new TrafficSwitch()) {
            var left = new AtomicInteger(3);
            webhook.onLook =
                    request -> left.getAndDecrement() > 0 ? Response.text(404, "not here") : webhook.look(request);
            var ended = caller.awaitEnd(startFor("blind", webhook, "").getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertTrue(ended.getSteps(0).getSeenBefore().contains("answered 404"), ended.toString());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void aChangedPolicyDoesNotAlterARunningRollback() {
        try (var webhook = new TrafficSwitch();
                var other = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(503, "");
            var started = startFor("moving", webhook, "");
            policies.write("moving", other, "");
            Await.until(
                    "more tries", Duration.ofSeconds(20), () -> webhook.posts().size() >= 3);
            webhook.onReturn = webhook::apply;
            assertEquals(State.SUCCEEDED, caller.awaitEnd(started.getName()).getState());
            assertEquals(List.of(), other.posts());
        }
    }

    @Test
    void aRestartInTheMiddleChangesNothing() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(503, "");
            var started = startFor("restart", webhook, "");
            Await.until("a try", Duration.ofSeconds(20), () -> !webhook.posts().isEmpty());
            stop();
            webhook.onReturn = webhook::apply;
            service = RunningRollbacks.launch(DATABASE, folder);
            caller = new RunningRollbacks(service.grpcPort());
            var ended = caller.awaitEnd(started.getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertEquals(1, webhook.keys().size());
        }
    }

    @Test
    void theWebhookIsCalledInTheCallersTrace() {
        try (var webhook = new TrafficSwitch()) {
            policies.write("traced", webhook, "");
            var trace = "0af7651916cd43dd8448eb211c80319c";
            var stub = RunningRollbacks.stub(service.get(ClientChannels.class), service.grpcPort());
            var request = RunningRollbacks.request("traced");
            var started = new ArrayList<Rollback>();
            Await.until("the policy", Duration.ofSeconds(15), () -> service.get(TraceLink.class)
                    .continuing("00-" + trace + "-b7ad6b7169203331-01", "test", () -> {
                        return started.add(stub.startRollback(RunningRollbacks.second(stub.prepareRollback(request))));
                    }));
            caller.awaitEnd(started.getFirst().getName());
            var calls = Stream.concat(webhook.posts().stream(), webhook.looks().stream())
                    .map(call -> call.headers().getOrDefault("traceparent", "none"))
                    .toList();
            assertTrue(calls.size() >= 3, calls.toString());
            assertTrue(calls.stream().allMatch(parent -> parent.startsWith("00-" + trace + "-")), calls.toString());
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
