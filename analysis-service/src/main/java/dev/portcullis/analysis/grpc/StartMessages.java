package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.usecase.StartAnalysis;
import dev.portcullis.proto.analysis.v1.Recovery;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is asked for when an analysis is to begin. */
final class StartMessages {
    private static final Duration SHORTEST_RECOVERY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RECOVERY = Duration.ofHours(6);

    private StartMessages() {}

    static StartAnalysis.Request request(StartAnalysisRequest request, String traceparent) {
        var requestId = Fields.optionalUuid("request_id", request.getRequestId());
        var service = Fields.required("service", request.getService());
        var canary = Fields.required("canary", request.getCanary());
        var baseline = Fields.optional("baseline", request.getBaseline());
        if (canary.equals(baseline)) {
            throw Fields.invalid(
                    "baseline", "'" + baseline + "' is the canary too; leave it out when there is no other arm");
        }
        var within = request.hasRecovery() ? within(request.getRecovery(), baseline) : null;
        return new StartAnalysis.Request(
                requestId, service, canary, baseline, request.getValidateOnly(), traceparent, within);
    }

    private static Duration within(Recovery recovery, @Nullable String baseline) {
        if (baseline != null) {
            throw Fields.invalid(
                    "baseline",
                    "'" + baseline + "' is given with recovery, which is held against the SLOs alone; leave it out");
        }
        return Fields.duration("recovery.within", recovery.getWithin(), SHORTEST_RECOVERY, LONGEST_RECOVERY);
    }
}
