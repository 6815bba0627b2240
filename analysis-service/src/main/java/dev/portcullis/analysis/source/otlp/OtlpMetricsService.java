package dev.portcullis.analysis.source.otlp;

import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.RpcAccess;
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
    /** Counters that are sent in can promote and abort any release, so whoever sends them has to be one who may do that. */
    public static final RpcAccess ACCESS =
            RpcAccess.NONE.with(MetricsServiceGrpc.getExportMethod(), request -> Requirement.everywhere(Role.OPERATOR));

    private static final String POINTS = "portcullis.otlp.points";

    private final OtlpDispatcher dispatcher;
    private final MeterRegistry meters;
    private final Counter taken;

    /** @param dispatcher where the sources look for what was received */
    public OtlpMetricsService(OtlpDispatcher dispatcher, MeterRegistry meters) {
        this.dispatcher = dispatcher;
        this.meters = meters;
        this.taken = counter("taken");
        // There from the start, at 0: an increase is seen only of what was there before.
        Arrays.stream(RejectionReason.values()).forEach(reason -> counter(reason.tag()));
    }

    @Override
    public void export(
            ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> responseObserver) {
        Answers.unary(responseObserver, () -> receive(request));
    }

    private ExportMetricsServiceResponse receive(ExportMetricsServiceRequest request) {
        var reader = new RequestReader(request);
        RejectedPoints rejected = dispatcher.take(reader.points());
        dispatcher.take(reader.faulty());
        taken.increment(reader.points().size() - rejected.total());
        rejected.addAll(reader.rejected());
        rejected.counts().forEach((reason, points) -> counter(reason.tag()).increment(points));
        var response = ExportMetricsServiceResponse.newBuilder();
        if (rejected.total() > 0) {
            response.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(rejected.total())
                    .setErrorMessage(rejected.message()));
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
