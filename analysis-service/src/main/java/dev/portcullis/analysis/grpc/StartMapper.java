package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.usecase.StartAnalysis;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.proto.analysis.v1.Recovery;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is asked for when an analysis is to begin. */
final class StartMapper {
    private static final Duration SHORTEST_RECOVERY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RECOVERY = Duration.ofHours(6);

    private StartMapper() {}

    static StartAnalysis.Request request(StartAnalysisRequest request, String traceparent) {
        var requestId =
                RequestFields.optionalUuid("request_id", request.getRequestId()).orElse(null);
        var service = RequestFields.name("service", request.getService());
        var canary = RequestFields.name("canary", request.getCanary());
        var baseline =
                RequestFields.optionalName("baseline", request.getBaseline()).orElse(null);
        if (canary.equals(baseline)) {
            throw RequestFields.invalid(
                    "baseline", "'" + baseline + "' is the canary too; leave it out when there is no other arm");
        }
        var within = request.hasRecovery() ? within(request.getRecovery(), baseline) : null;
        return new StartAnalysis.Request(
                requestId, service, canary, baseline, request.getValidateOnly(), traceparent, within);
    }

    private static Duration within(Recovery recovery, @Nullable String baseline) {
        if (baseline != null) {
            throw RequestFields.invalid(
                    "baseline",
                    "'" + baseline + "' is given with recovery, which is held against the SLOs alone; leave it out");
        }
        return RequestFields.duration("recovery.within", recovery.getWithin(), SHORTEST_RECOVERY, LONGEST_RECOVERY);
    }
}
