package dev.portcullis.kit.client;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.PeerTokens;
import dev.portcullis.kit.tls.GrpcTls;
import dev.portcullis.kit.tls.ServiceTls;
import dev.portcullis.kit.tls.TlsSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The channels of one service to the others: every unary call has a deadline, every call passes the downstream's circuit breaker, says which service makes it, carries W3C
 * trace context, and is tried again (3 times at most, within its deadline) only where the method is idempotent. Thread-safe.
 */
public final class ClientChannels implements AutoCloseable {
    /** An option of a call: who it is made for. The service that is called lets him do what he may do, instead of what the calling one may. */
    public static final CallOptions.Key<Caller> ON_BEHALF_OF = CallOptions.Key.create("portcullis.on-behalf-of");

    private final OpenTelemetry telemetry;
    private final Breakers breakers;
    private final PeerTokens tokens;
    private final ServiceTls tls;
    private final Optional<SslContext> secured;
    private final List<ManagedChannel> open = new CopyOnWriteArrayList<>();

    /** Those without TLS. */
    public ClientChannels(OpenTelemetry telemetry, Breakers breakers, PeerTokens tokens) {
        this(telemetry, breakers, tokens, new ServiceTls(TlsSettings.NONE));
    }

    /**
     * @param tokens by which the others know this service
     * @param tls by which this service knows the others
     */
    public ClientChannels(OpenTelemetry telemetry, Breakers breakers, PeerTokens tokens, ServiceTls tls) {
        this.telemetry = telemetry;
        this.breakers = breakers;
        this.tokens = tokens;
        this.tls = tls;
        this.secured = GrpcTls.ofClient(tls);
    }

    /** A channel to a downstream; connects at the first call, reconnects by itself, and is closed with this object. */
    public Channel open(Downstream to) {
        var channel = builder(to.address())
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

    private NettyChannelBuilder builder(String address) {
        var builder = NettyChannelBuilder.forTarget("dns:///" + address);
        if (secured.isEmpty()) {
            return builder.usePlaintext();
        }
        tls.peerName(address.substring(0, Math.max(0, address.lastIndexOf(':'))))
                .ifPresent(builder::overrideAuthority);
        return builder.sslContext(secured.get());
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
