package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.tls.GrpcTls;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.launcher.peer.PeerTls;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a gRPC server says of itself. */
sealed interface GrpcHealth {
    /** It serves. */
    record Serving() implements GrpcHealth {}

    /** Something takes the connection and has not answered in time, which says nothing of what it is. */
    record Silent() implements GrpcHealth {}

    /**
     * It does not serve, or is no gRPC server.
     *
     * @param fault why, in one line
     */
    record Faulty(String fault) implements GrpcHealth {}

    /** Asks the one at a port of this machine. */
    static GrpcHealth of(int port, Duration limit, Optional<PeerTls> tls) {
        ManagedChannel channel;
        try {
            channel = channel(port, tls);
        } catch (TlsFilesException e) {
            return new Faulty(String.valueOf(e.getMessage()));
        }
        try {
            ServingStatus status = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
            return status == ServingStatus.SERVING ? new Serving() : new Faulty("it says " + status);
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
                    ? new Silent()
                    : new Faulty(e.getStatus().getCode() + " " + e.getStatus().getDescription());
        } finally {
            channel.shutdownNow();
        }
    }

    private static ManagedChannel channel(int port, Optional<PeerTls> tls) throws TlsFilesException {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress("127.0.0.1", port);
        if (tls.isEmpty()) {
            return builder.usePlaintext().build();
        }
        tls.get().name().ifPresent(builder::overrideAuthority);
        return builder.sslContext(GrpcTls.ofClient(tls.get().files())).build();
    }
}
