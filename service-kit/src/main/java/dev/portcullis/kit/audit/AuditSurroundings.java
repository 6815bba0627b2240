package dev.portcullis.kit.audit;

import java.util.HashMap;
import java.util.Map;

/**
 * In which something was done.
 *
 * @param source how and from where it was asked for: "interface", and where it came from outside "address", "userAgent" and "requestId"
 * @param policyHash of the configuration that was in use
 * @param traceId W3C trace id, 32 hex digits; empty when not traced
 * @param version of the service
 */
public record AuditSurroundings(Map<String, String> source, String policyHash, String traceId, String version) {
    public AuditSurroundings {
        source = Map.copyOf(source);
    }

    Map<String, Object> json() {
        var json = new HashMap<String, Object>();
        json.put("source", source);
        json.put("policyHash", policyHash);
        json.put("traceId", traceId);
        json.put("version", version);
        return json;
    }
}
