package dev.portcullis.gate.http.argo;

import dev.portcullis.gate.http.JsonFields;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import io.micronaut.http.HttpParameters;
import java.util.List;
import java.util.function.UnaryOperator;

/** A question of Argo Rollouts, from query parameters or a JSON body with the same names. */
final class ArgoQuestion {
    private static final List<String> FIELDS = List.of(
            "service",
            "namespace",
            "rollout",
            "canary",
            "stable",
            "revision",
            "step",
            "artifact",
            "ticket",
            "author",
            "labels");

    private ArgoQuestion() {}

    /** @throws InvalidFieldException naming the first parameter that is not legal */
    static GateRequest ofQuery(HttpParameters parameters) {
        var values = JsonFields.ofQuery(parameters, FIELDS);
        return request(field -> values.getOrDefault(field, ""));
    }

    /** @throws InvalidFieldException naming the first field that is not legal, or "body" when there are no fields to name */
    static GateRequest ofBody(byte[] body, HttpParameters parameters) {
        return request(JsonFields.ofBody(body, parameters, FIELDS)::text);
    }

    private static GateRequest request(UnaryOperator<String> values) {
        var key = new ReleaseKey(
                values.apply("service"),
                values.apply("namespace"),
                values.apply("rollout"),
                values.apply("canary"),
                values.apply("revision"));
        return new GateRequest(key, values.apply("stable"), values.apply("step"))
                .with(ReleaseDetails.of(
                        values.apply("artifact"),
                        values.apply("ticket"),
                        values.apply("author"),
                        values.apply("labels")));
    }
}
