package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CallArrivalIT {
    /** A stream, for a client sends the head of any other call with its message. */
    private static final MethodDescriptor<HealthCheckRequest, HealthCheckResponse> METHOD =
            HealthGrpc.getCheckMethod().toBuilder()
                    .setFullMethodName("portcullis.test.ThingService/Arrive")
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setSchemaDescriptor(null)
                    .build();

    /** When its head had been read, and when the message came what was told of its arrival. */
    private static final class Arrivals implements BindableService {
        private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
        private final CompletableFuture<Long> told = new CompletableFuture<>();

        @Override
        public ServerServiceDefinition bindService() {
            return ServerServiceDefinition.builder("portcullis.test.ThingService")
                    .addMethod(METHOD, (call, headers) -> listen(call))
                    .build();
        }

        private ServerCall.Listener<HealthCheckRequest> listen(
                ServerCall<HealthCheckRequest, HealthCheckResponse> call) {
            call.request(1);
            begun.complete(true);
            return new ServerCall.Listener<>() {
                @Override
                public void onHalfClose() {
                    told.complete(CallArrival.nanoTime());
                    call.close(Status.OK, new Metadata());
                }
            };
        }
    }

    @Test
    void aCallArrivesWithItsHeadHoweverLateItsMessageComes() throws Exception {
        var arrivals = new Arrivals();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var server =
                new GrpcServer(address, List.of(arrivals), OpenTelemetry.noop(), 1, new SimpleMeterRegistry())) {
            server.start();
            var channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .build();
            var before = System.nanoTime();
            ClientCall<HealthCheckRequest, HealthCheckResponse> call = channel.newCall(METHOD, CallOptions.DEFAULT);
            call.start(new ClientCall.Listener<>() {}, new Metadata());
            arrivals.begun.get(30, TimeUnit.SECONDS);
            var between = System.nanoTime();
            call.sendMessage(HealthCheckRequest.getDefaultInstance());
            call.halfClose();
            long told = arrivals.told.get(30, TimeUnit.SECONDS);
            channel.shutdownNow();
            assertTrue(told - before > 0, "after it was sent");
            assertTrue(between - told > 0, "before its message");
        }
    }
}
