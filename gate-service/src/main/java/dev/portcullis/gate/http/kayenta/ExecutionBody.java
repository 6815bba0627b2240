package dev.portcullis.gate.http.kayenta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.http.JsonFields;
import dev.portcullis.gate.kayenta.CanaryExecution;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.kit.http.JsonBody;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.text.RequestName;
import java.util.ArrayList;

/**
 * The body of a request for a canary execution. What Kayenta knows and the gate has no use for (times, steps, extended parameters) is passed over: the gate measures
 * from the first question on.
 */
final class ExecutionBody {
    private static final int BEST = 100;

    /** What servers and proxies take as a part of an address. */
    private static final int LONGEST_ID = 2_000;

    /** In bytes. */
    private static final int LONGEST_NAME = 100;

    private ExecutionBody() {}

    /**
     * Reads it.
     *
     * @param pipeline Spinnaker's execution that asks; empty with any other caller
     * @throws InvalidFieldException naming the first field that is not legal
     */
    static CanaryExecution read(byte[] body, String service, String application, String pipeline) {
        var object = JsonFields.object(body);
        var scopes = object(object, "scopes", "scopes");
        if (scopes.isEmpty()) {
            throw new InvalidFieldException("scopes", "is empty; one scope is expected");
        }
        var pass = score(object, "pass");
        var marginal = score(object, "marginal");
        if (marginal > pass) {
            throw new InvalidFieldException(
                    "thresholds.marginal", "is " + marginal + ", more than thresholds.pass, " + pass);
        }
        var executions = new ArrayList<CanaryExecution>();
        for (var entry : scopes.properties()) {
            var where = "scopes." + PlainText.line(entry.getKey(), LONGEST_NAME);
            var execution = scope(entry.getValue(), where, service, application, pipeline, pass, marginal);
            executions.add(execution);
            if (!executions.getFirst().equals(execution)) {
                throw new InvalidFieldException(
                        where,
                        "is about another canary or stable version than the scope before it; one pair is judged");
            }
        }
        return executions.getFirst();
    }

    private static CanaryExecution scope(
            JsonNode node, String where, String service, String application, String pipeline, int pass, int marginal) {
        if (!node.isObject()) {
            throw new InvalidFieldException(where, "is " + JsonBody.kind(node) + "; an object is expected");
        }
        var experiment = object(node, "experimentScope", where + ".experimentScope");
        var control = object(node, "controlScope", where + ".controlScope");
        var canary = name(experiment, "scope", where + ".experimentScope.scope", true);
        var stable = name(control, "scope", where + ".controlScope.scope", true);
        if (canary.equals(stable)) {
            throw new InvalidFieldException(
                    where + ".controlScope.scope",
                    "is " + RequestName.shown(stable)
                            + ", as experimentScope.scope is; give the stable version's value of the policy's arm label here, and the canary's there");
        }
        var location = name(experiment, "location", where + ".experimentScope.location", false);
        var execution = new CanaryExecution(service, application, location, canary, stable, pipeline, pass, marginal);
        if (execution.id().length() > LONGEST_ID) {
            throw new InvalidFieldException(
                    where,
                    "has names that are too long together: an execution's id has them all, in " + LONGEST_ID
                            + " characters at most");
        }
        return execution;
    }

    private static JsonNode object(JsonNode parent, String key, String where) {
        var node = parent.path(key);
        if (!node.isObject()) {
            throw new InvalidFieldException(where, "is " + JsonBody.kind(node) + "; an object is expected");
        }
        return node;
    }

    private static String name(JsonNode parent, String key, String where, boolean required) {
        var node = parent.path(key);
        if (!required && (node.isMissingNode() || node.isNull())) {
            return "";
        }
        var text = JsonFields.text(where, node);
        if (required && text.isEmpty()) {
            throw new InvalidFieldException(
                    where, "is empty, 1 to " + RequestName.LONGEST + " characters are required");
        }
        return GateRequest.checked(where, text);
    }

    private static int score(JsonNode object, String key) {
        var where = "thresholds." + key;
        var node = object(object, "thresholds", "thresholds").path(key);
        if (!node.isNumber()) {
            throw new InvalidFieldException(where, "is " + JsonBody.kind(node) + "; a number is expected");
        }
        var score = node.doubleValue();
        if (score != Math.rint(score) || score < 0 || score > BEST) {
            throw new InvalidFieldException(where, "is " + node + "; legal: whole numbers from 0 to " + BEST);
        }
        return (int) score;
    }
}
