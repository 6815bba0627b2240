package dev.portcullis.rollback.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which target a stage acts on, as it was configured or pinned. Holds no secret: credentials are named by where they are kept, and
 * read when used.
 *
 * @param kind the kind of target, e.g. "webhook"
 * @param identity what is acted on, whoever names it, e.g. "deployment default/shop/checkout"; one active rollback per identity
 * @param values what the kind needs to know, by names of its own choosing; kept in the order of the names
 */
public record TargetSettings(String kind, String identity, Map<String, String> values) {
    public TargetSettings {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * A value that must be there.
     *
     * @throws IllegalStateException when it is not: the settings were kept by another version
     */
    public String required(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the kept settings of a target '" + kind + "' lack '" + name + "'");
        }
        return value;
    }

    /** The same target with one more value, or another. */
    public TargetSettings with(String name, String value) {
        var more = new TreeMap<>(values);
        more.put(name, value);
        return new TargetSettings(kind, identity, more);
    }
}
