package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The course of a rollback, whatever its webhook answers. */
final class RollbackLifecycleIT extends RollbackServiceSetup {
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
                    Duration.ofSeconds(60),
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
        var port = FreePorts.next();
        try (var gone = new TrafficSwitch(port)) {
            policies.write("down", gone, "");
        }
        var started = start(RunningRollbacks.request("down"));
        Await.until(
                "two tries",
                Duration.ofSeconds(60),
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
                    "more tries", Duration.ofSeconds(60), () -> webhook.posts().size() >= 3);
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
            Await.until("a try", Duration.ofSeconds(60), () -> !webhook.posts().isEmpty());
            stop();
            webhook.onReturn = webhook::apply;
            launch();
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
            Await.until("the policy", Duration.ofSeconds(60), () -> service.get(TraceLink.class)
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
}
