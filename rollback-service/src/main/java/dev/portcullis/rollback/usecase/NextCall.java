package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The call that a person would make next, as a command for a shell: names come from callers, and none of them becomes a command of its own. */
final class NextCall {
    private NextCall() {}

    /** What is left of the objectives of a service. */
    static String errorBudget(String service) {
        return grpcurl(
                Map.of("service", service), "", "127.0.0.1:9101 portcullis.analysis.v1.AnalysisService/GetErrorBudget");
    }

    /** How it is tried again, to be put behind the end of a sentence; empty unless the rollback ends in a way that leaves it to a person. */
    static String tryAgain(Rollback rollback, RollbackState end) {
        var leftToAPerson = end == RollbackState.NEEDS_HUMAN || end == RollbackState.FAILED;
        if (!leftToAPerson || rollback.origin().mode() != Mode.LIVE) {
            return "";
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("service", rollback.order().service());
        fields.put("from_revision", rollback.order().from());
        fields.put("to_revision", rollback.order().to());
        fields.put("reason", "again after " + rollback.name());
        fields.put("caller", "YOUR NAME");
        // Where the traffic is back, only the proof is to be had again.
        var restored = rollback.status().trafficBackTime().isPresent() ? ",\"allow_restored\":true" : "";
        return "; what to look at first: docs/needs-human.md; to try again: "
                + grpcurl(fields, restored, "127.0.0.1:9103 portcullis.rollback.v1.RollbackService/PrepareRollback")
                + ", then StartRollback with the token of its answer";
    }

    private static String grpcurl(Map<String, String> fields, String more, String method) {
        var json = fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\""
                        + field.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", more + "}"));
        return "grpcurl -plaintext -d '" + json.replace("'", "'\\''") + "' " + method;
    }
}
