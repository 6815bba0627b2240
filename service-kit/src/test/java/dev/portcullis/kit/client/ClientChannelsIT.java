package dev.portcullis.kit.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.TestPeers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClientChannelsIT {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Breakers breakers = new Breakers(meters);
    private final ClientChannels channels = new ClientChannels(OpenTelemetry.noop(), breakers, TestPeers.TOKENS);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        channels.close();
    }

    @Test
    void theBreakerOpensOnADeadDownstreamShowsItAndClosesWhenItIsBack() throws Exception {
        var port = FreePorts.next();
        var server = server(port, n -> Status.OK);
        var stub = stub(port, PATIENT, Set.of());
        check(stub);
        server.shutdownNow().awaitTermination();

        Await.until("the breaker opens", Duration.ofSeconds(60), () -> {
            assertEquals(Status.Code.UNAVAILABLE, failure(stub));
            return breakers.of("probe").getState() == State.OPEN;
        });
        var gauge = meters.find("resilience4j.circuitbreaker.state")
                .tag("state", "open")
                .gauge();
        assertTrue(gauge != null && gauge.value() == 1.0, "the open state is a metric");

        var again = server(port, n -> Status.OK);
        Await.until("answers come back", Duration.ofSeconds(60), () -> {
            check(stub);
            return true;
        });
        again.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "DATA_LOSS"})
    void anAnswerAboutOneRequestOrOneRecordDoesNotOpenTheBreaker(Status.Code code) throws Exception {
        var server = server(0, n -> code.toStatus());
        var stub = stub(server.getPort(), PATIENT, Set.of());
        for (int i = 0; i < 30; i++) {
            assertEquals(code, failure(stub));
        }
        assertEquals(State.CLOSED, breakers.of("probe").getState());
        server.shutdownNow();
    }

    @Test
    @Timeout(20)
    void aDownstreamThatNeverAnswersEndsAtTheDeadline() throws Exception {
        var server = server(0, n -> null);
        var stub = stub(server.getPort(), Duration.ofMillis(200), Set.of());
        assertEquals(Status.Code.DEADLINE_EXCEEDED, failure(stub));
        server.shutdownNow();
    }

    @Test
    void onlyAnIdempotentMethodIsTriedAgain() throws Exception {
        var server = server(0, n -> n < 3 ? Status.UNAVAILABLE : Status.OK);
        check(stub(server.getPort(), PATIENT, Set.of("Check")));
        assertEquals(3, calls.get());

        calls.set(0);
        assertEquals(Status.Code.UNAVAILABLE, failure(stub(server.getPort(), PATIENT, Set.of())));
        assertEquals(1, calls.get());
        server.shutdownNow();
    }

    @Test
    void streamsThatDoNotOpenOpenTheBreakerAndAreRefusedThen() throws Exception {
        var server = server(0, n -> Status.UNAVAILABLE);
        var stub = stub(server.getPort(), PATIENT, Set.of());
        Await.until("the breaker opens", Duration.ofSeconds(60), () -> {
            assertEquals(Status.Code.UNAVAILABLE, end(watch(stub)));
            return breakers.of("probe").getState() == State.OPEN;
        });
        var reached = calls.get();
        assertEquals(Status.Code.UNAVAILABLE, end(watch(stub)));
        assertEquals(reached, calls.get());
        server.shutdownNow();
    }

    @Test
    void aStreamThatEndsAfterItsFirstMessageIsNoFault() throws Exception {
        var server = server(0, n -> Status.OK);
        var stub = stub(server.getPort(), PATIENT, Set.of());
        for (int i = 0; i < 30; i++) {
            var stream = watch(stub);
            assertEquals(
                    HealthCheckResponse.ServingStatus.SERVING, stream.next().getStatus());
            assertEquals(Status.Code.UNAVAILABLE, end(stream));
        }
        assertEquals(State.CLOSED, breakers.of("probe").getState());
        assertEquals(0, breakers.of("probe").getMetrics().getNumberOfFailedCalls());
        server.shutdownNow();
    }

    private static Iterator<HealthCheckResponse> watch(HealthGrpc.HealthBlockingStub stub) {
        return stub.watch(HealthCheckRequest.getDefaultInstance());
    }

    private static Status.Code end(Iterator<HealthCheckResponse> stream) {
        return assertThrows(StatusRuntimeException.class, stream::hasNext)
                .getStatus()
                .getCode();
    }

    private HealthGrpc.HealthBlockingStub stub(int port, Duration deadline, Set<String> idempotent) {
        return HealthGrpc.newBlockingStub(channels.open(
                new Downstream("probe", "127.0.0.1:" + port, deadline, HealthGrpc.SERVICE_NAME, idempotent)));
    }

    private static void check(HealthGrpc.HealthBlockingStub stub) {
        assertEquals(
                HealthCheckResponse.ServingStatus.SERVING,
                stub.check(HealthCheckRequest.getDefaultInstance()).getStatus());
    }

    private static Status.Code failure(HealthGrpc.HealthBlockingStub stub) {
        return assertThrows(StatusRuntimeException.class, () -> stub.check(HealthCheckRequest.getDefaultInstance()))
                .getStatus()
                .getCode();
    }

    /** A server whose n-th answer is this status; null = never answers. */
    private Server server(int port, IntFunction<Status> answers) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(new HealthGrpc.HealthImplBase() {
                    @Override
                    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
                        var status = answers.apply(calls.incrementAndGet());
                        if (status == null) {
                            return;
                        }
                        if (!status.isOk()) {
                            observer.onError(status.asRuntimeException());
                            return;
                        }
                        observer.onNext(HealthCheckResponse.newBuilder()
                                .setStatus(HealthCheckResponse.ServingStatus.SERVING)
                                .build());
                        observer.onCompleted();
                    }

                    @Override
                    public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
                        if (answers.apply(calls.incrementAndGet()).isOk()) {
                            observer.onNext(HealthCheckResponse.newBuilder()
                                    .setStatus(HealthCheckResponse.ServingStatus.SERVING)
                                    .build());
                        }
                        observer.onError(Status.UNAVAILABLE.asRuntimeException());
                    }
                })
                .build()
                .start();
    }
}
