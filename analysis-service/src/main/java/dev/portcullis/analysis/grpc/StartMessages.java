package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.usecase.StartAnalysis;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;

/** What is asked for when an analysis is to begin. */
final class StartMessages {
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
        return new StartAnalysis.Request(requestId, service, canary, baseline, request.getValidateOnly(), traceparent);
    }
}
