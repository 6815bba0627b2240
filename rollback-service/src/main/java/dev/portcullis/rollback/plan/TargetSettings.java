package dev.portcullis.rollback.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which target a rollback acts on, as it was configured when the rollback started. Holds no secret: credentials are named by where
 * they are kept, and read when used.
 *
 * @param kind the kind of target, e.g. "webhook"
 * @param values what the kind needs to know, by names of its own choosing; kept in the order of the names
 */
public record TargetSettings(String kind, Map<String, String> values) {
    public TargetSettings {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
