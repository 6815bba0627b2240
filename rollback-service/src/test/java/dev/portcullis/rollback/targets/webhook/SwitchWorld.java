package dev.portcullis.rollback.targets.webhook;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetWorld;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A switch behind HTTP, thrown to the bad side. */
public final class SwitchWorld implements TargetWorld {
    public final TrafficSwitch other = new TrafficSwitch();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public RollbackTarget target() {
        var http = new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));
        return new WebhookTarget(http, Map.of(), Clock.systemUTC());
    }

    @Override
    public RollbackOrder order() {
        return new RollbackOrder("checkout", "services/checkout/releases/r", "7d9c8", "5f6b7", "it's burning");
    }

    @Override
    public TargetSettings configured() {
        var settings = Map.of("url", other.url(), "readBack", other.readBack(), "timeout", "PT2S");
        return new TargetSettings("webhook", "webhook " + other.url(), settings);
    }

    @Override
    public int effects() {
        return other.effects();
    }

    @Override
    public void loseAnswer(int nth) {
        lose(nth, other::apply);
    }

    @Override
    public void loseCall(int nth) {
        lose(nth, request -> Response.json(202, "{}"));
    }

    private void lose(int nth, Function<Request, Response> carriedOut) {
        other.onReturn = request -> {
            if (calls.incrementAndGet() != nth) {
                return other.apply(request);
            }
            var never = carriedOut.apply(request);
            await();
            return never;
        };
    }

    private void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + other.port();
    }

    @Override
    public void vanish() {
        other.close();
    }

    @Override
    public void close() {
        ended.countDown();
        other.close();
    }
}
