package dev.portcullis.analysis.source.otlp;

import dev.portcullis.kit.rpc.GrpcServer;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The service's own gRPC server with the receiver on it, and a client of it. */
final class Receiver implements AutoCloseable {
    final MeterRegistry meters = new SimpleMeterRegistry();
    /** Since the dispatcher lets go what nobody else holds. */
    private final List<OtlpSource> held = new ArrayList<>();

    private final OtlpDispatcher dispatcher = new OtlpDispatcher();
    private final GrpcServer server = new GrpcServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of(new OtlpMetricsService(dispatcher, meters)),
            OpenTelemetry.noop(),
            1_000,
            meters);
    private final ManagedChannel channel;

    Receiver() {
        server.start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    OtlpSource open(OtlpProperties properties, Clock clock) {
        var source = new OtlpSource(properties, clock);
        held.add(source);
        dispatcher.add(source);
        return source;
    }

    int port() {
        return server.port();
    }

    ExportMetricsPartialSuccess send(ExportMetricsServiceRequest request) {
        return MetricsServiceGrpc.newBlockingStub(channel).export(request).getPartialSuccess();
    }

    ExportMetricsPartialSuccess sendCompressed(ExportMetricsServiceRequest request) {
        return MetricsServiceGrpc.newBlockingStub(channel)
                .withCompression("gzip")
                .export(request)
                .getPartialSuccess();
    }

    double points(String outcome) {
        return meters.get("portcullis.otlp.points")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
