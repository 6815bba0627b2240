package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.testing.Await;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of a server that stops, of a caller who leaves, and more of them than there may be. The service streams what it finds, or the changes of one value. */
@Timeout(60)
final class StreamsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private static final int MOST = 3;

    private static final UUID ID = UUID.randomUUID();

    private final Queue<ServingStatus> found = new ArrayDeque<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Watches<HealthCheckResponse> values =
            new Watches<>(ids -> Map.of(ID, "1"), id -> message(ServingStatus.SERVING), value -> false);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OpenStreams streams = new OpenStreams(MOST, meters);
    private io.grpc.Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .intercept(streams)
                .addService(streams.counted(service().bindService()))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private BindableService service() {
        return new HealthGrpc.HealthImplBase() {
            @Override
            public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
                underWay.incrementAndGet();
                try {
                    if (request.getService().equals("value")) {
                        values.follow(observer, () -> ID);
                    } else {
                        Answers.follow(observer, LOOK_EVERY, () -> message(next()), StreamsIT::nothing);
                    }
                } finally {
                    underWay.decrementAndGet();
                }
            }
        };
    }

    private ServingStatus next() {
        synchronized (found) {
            var next = found.poll();
            return next == null ? ServingStatus.UNKNOWN : next;
        }
    }

    private void find(ServingStatus status) {
        synchronized (found) {
            found.add(status);
        }
    }

    private static boolean nothing(HealthCheckResponse message) {
        return message.getStatus() == ServingStatus.UNKNOWN;
    }

    private static HealthCheckResponse message(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    private Iterator<HealthCheckResponse> watch(String service) {
        return HealthGrpc.newBlockingStub(channel)
                .watch(HealthCheckRequest.newBuilder().setService(service).build());
    }

    @Test
    void theFirstLookIsToldWhateverItFindsAndAfterThatOnlyWhatIsSomething() {
        var stream = watch("finds");
        assertEquals(ServingStatus.UNKNOWN, stream.next().getStatus());
        find(ServingStatus.SERVING);
        assertEquals(ServingStatus.SERVING, stream.next().getStatus());
        find(ServingStatus.NOT_SERVING);
        assertEquals(ServingStatus.NOT_SERVING, stream.next().getStatus());
    }

    @Test
    void aServerThatStopsEndsItsStreamsAndSaysSo() {
        var finds = watch("finds");
        var value = watch("value");
        finds.next();
        value.next();
        server.shutdown();
        streams.end();
        assertEquals(Status.Code.UNAVAILABLE, end(finds));
        assertEquals(Status.Code.UNAVAILABLE, end(value));
        Await.until("the server's end", LIMIT, server::isTerminated);
    }

    private static Status.Code end(Iterator<HealthCheckResponse> stream) {
        return assertThrows(StatusRuntimeException.class, stream::hasNext)
                .getStatus()
                .getCode();
    }

    @Test
    void aCallerWhoLeavesEndsTheWork() {
        var caller = Context.current().withCancellation();
        caller.run(() -> watch("finds").next());
        caller.run(() -> watch("value").next());
        assertEquals(2, underWay.get());
        caller.cancel(null);
        Await.until("nobody watched", LIMIT, () -> underWay.get() == 0);
        assertFalse(server.isShutdown());
    }

    @Test
    void theOpenStreamsOfAMethodAreCountedFromTheStart() {
        assertEquals(0, counted());
        var caller = Context.current().withCancellation();
        caller.run(() -> watch("value").next());
        watch("finds").next();
        assertEquals(2, counted());
        caller.cancel(null);
        Await.until("one of them to end", LIMIT, () -> counted() == 1);
        for (int open = 1; open < MOST; open++) {
            watch("value").next();
        }
        assertThrows(StatusRuntimeException.class, () -> watch("value").next());
        assertEquals(MOST, counted());
    }

    private double counted() {
        return meters.get("portcullis.grpc.open.streams")
                .tag("service", "grpc.health.v1.Health")
                .tag("rpc", "Watch")
                .gauge()
                .value();
    }

    @Test
    void oneStreamMoreThanThereMayBeIsRefusedUntilAnotherEnds() {
        var caller = Context.current().withCancellation();
        caller.run(() -> watch("value").next());
        for (int open = 1; open < MOST; open++) {
            assertEquals(ServingStatus.SERVING, watch("value").next().getStatus());
        }

        var refused =
                assertThrows(StatusRuntimeException.class, () -> watch("value").next());
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
        assertEquals("TOO_MANY_STREAMS", RpcErrors.reason(refused).orElse("none"));
        assertEquals(
                "grpc.health.v1.Health/Watch has 3 open streams, the most that are served at once; end some, look now and"
                        + " then instead of watching, or raise PORTCULLIS_MAX_STREAMS",
                refused.getStatus().getDescription());
        assertEquals(MOST, underWay.get());

        caller.cancel(null);
        Await.until("room for another", LIMIT, () -> {
            try {
                return watch("value").next().getStatus() == ServingStatus.SERVING;
            } catch (StatusRuntimeException stillRefused) {
                return false;
            }
        });
    }
}
