package dev.portcullis.demo;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksResponse;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** A rollback-service whose record a test decides. */
final class StubRollbacks implements AutoCloseable {
    private final Server server;
    private final int port;
    private volatile Supplier<List<Rollback>> record = List::of;

    StubRollbacks() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new Service())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getPort();
    }

    private final class Service extends RollbackServiceGrpc.RollbackServiceImplBase {
        @Override
        public void listRollbacks(ListRollbacksRequest request, StreamObserver<ListRollbacksResponse> answer) {
            answer.onNext(ListRollbacksResponse.newBuilder()
                    .addAllRollbacks(record.get())
                    .build());
            answer.onCompleted();
        }
    }

    /** Answers this from now on. */
    void record(Supplier<List<Rollback>> next) {
        record = next;
    }

    static Rollback rollback(String from, Rollback.State state) {
        var rollback = Rollback.newBuilder()
                .setFromRevision(from)
                .setToRevision("stable")
                .setState(state)
                .setDetail("the read-back says otherwise");
        if (state == Rollback.State.SUCCEEDED) {
            rollback.setCreateTime(Timestamp.newBuilder().setSeconds(100).setNanos(900_000_000))
                    .setTrafficBackTime(Timestamp.newBuilder().setSeconds(102).setNanos(0))
                    .setTrafficBackWithin(Duration.newBuilder().setSeconds(60))
                    .addSteps(RollbackStep.newBuilder()
                            .setKind("verify")
                            .setState(RollbackStep.State.DONE)
                            .setSeenAfter("users recovered: 3 of 9,000 requests failed"));
        }
        return rollback.build();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
