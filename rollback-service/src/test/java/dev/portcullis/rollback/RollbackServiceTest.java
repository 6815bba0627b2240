package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.Rollback.State;
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
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole service in this process, against real PostgreSQL and real HTTP; every test has a service name of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RollbackServiceTest {
    private static final DatabaseSettings DATABASE = TestDatabase.fresh();

    @TempDir
    static Path folder;

    private PolicyFolder policies;
    private RunningService service;
    private RunningRollbacks caller;

    @BeforeAll
    void start() {
        policies = new PolicyFolder(folder);
        service = launch();
        caller = new RunningRollbacks(service.grpcPort());
    }

    private static RunningService launch() {
        return ServiceLauncher.start(
                "rollback",
                Map.of(
                        "portcullis.db.url", DATABASE.url(),
                        "portcullis.db.user", DATABASE.user(),
                        "portcullis.db.password", DATABASE.password(),
                        "portcullis.config", folder.toString(),
                        "portcullis.http.port", 0,
                        "portcullis.grpc.port", 0));
    }

    @AfterAll
    void stop() {
        caller.close();
        service.close();
    }

    /** Starts a rollback once the service has taken the policy up. */
    private Rollback start(StartRollbackRequest request) {
        var started = new ArrayList<Rollback>();
        Await.until("the policy of " + request.getService(), Duration.ofSeconds(15), () -> {
            try {
                return started.add(caller.stub.startRollback(request));
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
                    List.of("return-traffic", "verify-traffic"),
                    ended.getStepsList().stream().map(RollbackStep::getKind).toList());
            assertTrue(ended.getStepsList().stream().allMatch(step -> step.getState() == RollbackStep.State.DONE));
            assertTrue(ended.getSteps(0).getSeenBefore().startsWith("restored: false"));
            assertTrue(ended.getSteps(0).getSeenAfter().contains("answered 202"));
            assertTrue(ended.getSteps(1).getSeenAfter().startsWith("restored: true"));
            var id = started.getName().substring("rollbacks/".length());
            assertEquals(java.util.Set.of(id + "/return-traffic"), webhook.keys());
            assertEquals(1, webhook.posts().size());
            var meters = service.get(MeterRegistry.class);
            Await.until(
                    "the meters",
                    Duration.ofSeconds(5),
                    () -> meters.find("portcullis.rollbacks.ended")
                                    .tag("state", "SUCCEEDED")
                                    .counter()
                                    .count()
                            >= 1);
            assertTrue(meters.find("portcullis.rollback.duration")
                            .tag("state", "SUCCEEDED")
                            .timer()
                            .count()
                    >= 1);
        }
    }

    @Test
    void theSameRequestAnswersTheSameRollbackAndAnotherBodyIsRefused() {
        try (var webhook = new TrafficSwitch()) {
            policies.write("twice", webhook, "");
            var request = RunningRollbacks.request("twice");
            var first = start(request);
            assertEquals(first.getName(), caller.stub.startRollback(request).getName());
            caller.awaitEnd(first.getName());
            assertEquals(first.getName(), caller.stub.startRollback(request).getName());
            var e = assertThrows(
                    StatusRuntimeException.class,
                    () -> caller.stub.startRollback(
                            request.toBuilder().setReason("another").build()));
            assertEquals("REQUEST_ID_REUSED", RpcErrors.reason(e).orElse(""));
            assertEquals(1, webhook.posts().size());
            // A new request is a new rollback, which finds its work done.
            var second = start(RunningRollbacks.request("twice"));
            assertNotEquals(first.getName(), second.getName());
            assertEquals(State.SUCCEEDED, caller.awaitEnd(second.getName()).getState());
            assertEquals(1, webhook.posts().size());
        }
    }

    @Test
    void aServiceWithoutTargetHasNoRollback() {
        var e = assertThrows(
                StatusRuntimeException.class, () -> caller.stub.startRollback(RunningRollbacks.request("nowhere")));
        assertEquals("NO_ROLLBACK_TARGET", RpcErrors.reason(e).orElse(""));
        assertEquals(io.grpc.Status.Code.FAILED_PRECONDITION, e.getStatus().getCode());
    }

    @Test
    void aServiceHasOneRollbackAtATime() {
        try (var webhook = new TrafficSwitch()) {
            webhook.onReturn = request -> Response.text(503, "");
            var first = startFor("busy", webhook, "");
            var e = assertThrows(
                    StatusRuntimeException.class, () -> caller.stub.startRollback(RunningRollbacks.request("busy")));
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
                    startFor("stuck", webhook, ", verifyFor: 1s").getName());
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
            service = launch();
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
                        return started.add(stub.startRollback(request));
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
            assertInvalid("page_token", () -> caller.stub.listRollbacks(foreign.build()));
        }
    }

    static Stream<Arguments> badStarts() {
        var good = RunningRollbacks.request("checkout");
        return Stream.of(
                Arguments.of("request_id", good.toBuilder().clearRequestId()),
                Arguments.of("request_id", good.toBuilder().setRequestId("1-1-1-1-1")),
                Arguments.of("request_id", good.toBuilder().setRequestId("x".repeat(1 << 20))),
                Arguments.of("service", good.toBuilder().clearService()),
                Arguments.of("service", good.toBuilder().setService(" ")),
                Arguments.of("service", good.toBuilder().setService("x".repeat(254))),
                Arguments.of("service", good.toBuilder().setService("a\u0000b")),
                Arguments.of("release", good.toBuilder().setRelease("releases/1")),
                Arguments.of("release", good.toBuilder().setRelease("services/cart/releases/" + UUID.randomUUID())),
                Arguments.of("release", good.toBuilder().setRelease("services/checkout/releases/1")),
                Arguments.of("from_revision", good.toBuilder().clearFromRevision()),
                Arguments.of("from_revision", good.toBuilder().setFromRevision("a\nb")),
                Arguments.of("to_revision", good.toBuilder().clearToRevision()),
                Arguments.of("to_revision", good.toBuilder().setToRevision(good.getFromRevision())),
                Arguments.of("to_revision", good.toBuilder().setToRevision("x".repeat(254))),
                Arguments.of("reason", good.toBuilder().clearReason()),
                Arguments.of("reason", good.toBuilder().setReason("x".repeat(1001))),
                Arguments.of("reason", good.toBuilder().setReason("\u0007")));
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("badStarts")
    void aBadStartIsRefusedByField(String field, StartRollbackRequest.Builder request) {
        assertInvalid(field, () -> caller.stub.startRollback(request.build()));
    }

    @Test
    void badReadsAreRefusedByField() {
        assertInvalid("name", () -> caller.get(""));
        assertInvalid("name", () -> caller.get("rollbacks/1"));
        assertInvalid("name", () -> caller.get(UUID.randomUUID().toString()));
        assertInvalid("name", () -> caller.stub
                .watchRollback(WatchRollbackRequest.newBuilder().setName("x").build())
                .next());
        var list = ListRollbacksRequest.newBuilder();
        assertInvalid(
                "page_size",
                () -> caller.stub.listRollbacks(list.setPageSize(-1).build()));
        assertInvalid(
                "page_size",
                () -> caller.stub.listRollbacks(list.setPageSize(201).build()));
        list.clearPageSize();
        assertInvalid(
                "page_token",
                () -> caller.stub.listRollbacks(list.setPageToken("&").build()));
        assertInvalid(
                "page_token",
                () -> caller.stub.listRollbacks(list.setPageToken("AAAA").build()));
        list.clearPageToken();
        assertInvalid(
                "state", () -> caller.stub.listRollbacks(list.setStateValue(99).build()));
    }

    @Test
    void anUnknownRollbackIsNotFound() {
        var name = "rollbacks/" + UUID.randomUUID();
        var e = assertThrows(StatusRuntimeException.class, () -> caller.get(name));
        assertEquals("ROLLBACK_NOT_FOUND", RpcErrors.reason(e).orElse(""));
        assertEquals(io.grpc.Status.Code.NOT_FOUND, e.getStatus().getCode());
    }

    private static void assertInvalid(String field, org.junit.jupiter.api.function.Executable call) {
        var e = assertThrows(StatusRuntimeException.class, call);
        assertEquals("INVALID_FIELD", RpcErrors.reason(e).orElse(""), e.getMessage());
        assertTrue(e.getMessage().startsWith("INVALID_ARGUMENT: " + field + ": "), e.getMessage());
        assertTrue(e.getMessage().length() < 300, e.getMessage());
    }
}
