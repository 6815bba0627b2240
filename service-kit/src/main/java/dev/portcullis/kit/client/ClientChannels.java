package dev.portcullis.kit.client;

import dev.portcullis.kit.identity.PeerTokens;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The channels of one service to the others: every unary call has a deadline, every call passes the downstream's circuit breaker, says which service makes it, carries W3C
 * trace context, and is tried again (3 times at most, within its deadline) only where the method is idempotent. Thread-safe.
 */
public final class ClientChannels implements AutoCloseable {
    private final OpenTelemetry telemetry;
    private final Breakers breakers;
    private final PeerTokens tokens;
    private final List<ManagedChannel> open = new CopyOnWriteArrayList<>();

    /** @param tokens by which the others know this service */
    public ClientChannels(OpenTelemetry telemetry, Breakers breakers, PeerTokens tokens) {
        this.telemetry = telemetry;
        this.breakers = breakers;
        this.tokens = tokens;
    }

    /** A channel to a downstream; connects at the first call, reconnects by itself, and is closed with this object. */
    public Channel open(Downstream to) {
        var channel = NettyChannelBuilder.forTarget("dns:///" + to.address())
                .usePlaintext()
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .keepAliveTime(30, TimeUnit.SECONDS)
                .defaultServiceConfig(serviceConfig(to))
                .enableRetry()
                .intercept(GrpcTelemetry.create(telemetry).createClientInterceptor())
                .build();
        open.add(channel);
        reconnectSoon(breakers.of(to.name()), channel);
        // The last interceptor named is the first called: the deadline is set outside, so that the breaker sees it
        // expire.
        return ClientInterceptors.intercept(
                channel,
                new PeerInterceptor(tokens, to.grpcService()),
                new BreakerInterceptor(breakers.of(to.name())),
                new DeadlineInterceptor(to.deadline()));
    }

    /** A channel left alone waits ever longer, up to two minutes, before it connects again; the breaker already bounds how often that is tried. */
    private static void reconnectSoon(CircuitBreaker breaker, ManagedChannel channel) {
        breaker.getEventPublisher()
                .onError(event -> channel.resetConnectBackoff())
                .onStateTransition(event -> {
                    if (event.getStateTransition().getToState() == CircuitBreaker.State.HALF_OPEN) {
                        channel.resetConnectBackoff();
                    }
                });
    }

    private static Map<String, ?> serviceConfig(Downstream to) {
        if (to.idempotentMethods().isEmpty()) {
            return Map.of();
        }
        var names = to.idempotentMethods().stream()
                .map(method -> Map.of("service", to.grpcService(), "method", method))
                .toList();
        var policy = Map.of(
                "maxAttempts",
                3.0,
                "initialBackoff",
                "0.05s",
                "maxBackoff",
                "0.3s",
                "backoffMultiplier",
                2.0,
                "retryableStatusCodes",
                List.of("UNAVAILABLE"));
        return Map.of("methodConfig", List.of(Map.of("name", names, "retryPolicy", policy)));
    }

    @Override
    public void close() {
        open.forEach(ManagedChannel::shutdownNow);
    }
}
