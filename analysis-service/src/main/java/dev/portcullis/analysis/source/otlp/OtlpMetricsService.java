package dev.portcullis.analysis.source.otlp;

import dev.portcullis.kit.rpc.Answers;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import java.util.Arrays;

/** The receiver: OTLP's own service for metrics. What cannot be counted is told to the sender as partial success. Thread-safe. */
public final class OtlpMetricsService extends MetricsServiceGrpc.MetricsServiceImplBase {
    private static final String POINTS = "portcullis.otlp.points";

    private final OtlpInbox inbox;
    private final MeterRegistry meters;
    private final Counter taken;

    /** @param inbox where the sources look for what was received */
    public OtlpMetricsService(OtlpInbox inbox, MeterRegistry meters) {
        this.inbox = inbox;
        this.meters = meters;
        this.taken = counter("taken");
        // There from the start, at 0: an increase is seen only of what was there before.
        Arrays.stream(Refusal.values()).forEach(refusal -> counter(refusal.tag()));
    }

    @Override
    public void export(
            ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> responseObserver) {
        Answers.unary(responseObserver, () -> receive(request));
    }

    private ExportMetricsServiceResponse receive(ExportMetricsServiceRequest request) {
        var reader = new RequestReader(request);
        Refusals refusals = inbox.take(reader.points());
        inbox.take(reader.faulty());
        taken.increment(reader.points().size() - refusals.total());
        refusals.addAll(reader.refusals());
        refusals.counts().forEach((refusal, points) -> counter(refusal.tag()).increment(points));
        var response = ExportMetricsServiceResponse.newBuilder();
        if (refusals.total() > 0) {
            response.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(refusals.total())
                    .setErrorMessage(refusals.message()));
        }
        return response.build();
    }

    private Counter counter(String outcome) {
        return Counter.builder(POINTS)
                .description("Data points received by OTLP, by what became of them")
                .tag("outcome", outcome)
                .register(meters);
    }
}
