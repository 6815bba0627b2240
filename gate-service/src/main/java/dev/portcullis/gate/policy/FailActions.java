package dev.portcullis.gate.policy;

import dev.portcullis.gate.analysis.Severity;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a FAIL does, by the severity of the objectives that fail.
 *
 * @param bySeverity those that are said; any other aborts
 */
public record FailActions(Map<Severity, FailAction> bySeverity) {
    /** Every FAIL aborts. */
    public static final FailActions ABORT = new FailActions(Map.of());

    public FailActions {
        Map<Severity, FailAction> copy = new EnumMap<>(Severity.class);
        copy.putAll(bySeverity);
        copy.values().removeIf(FailAction.ABORT::equals);
        bySeverity = Collections.unmodifiableMap(copy);
    }

    /**
     * Those that are recorded with a decision.
     *
     * @param words actions by severities, as {@link #words} gives them
     * @throws IllegalArgumentException when a word stands for nothing
     */
    public static FailActions of(Map<String, String> words) {
        Map<Severity, FailAction> actions = new EnumMap<>(Severity.class);
        words.forEach((severity, action) -> actions.put(Severity.of(severity), FailAction.of(action)));
        return new FailActions(actions);
    }

    /** The words of actions by those of severities; without those that abort, as they do when nothing is said. */
    public Map<String, String> words() {
        var words = new TreeMap<String, String>();
        bySeverity.forEach((severity, action) -> words.put(severity.word(), action.word()));
        return words;
    }

    /** The strongest action of the objectives that fail; to abort, where it is not known which those are. */
    public FailAction on(Collection<Severity> failing) {
        return !failing.isEmpty() && failing.stream().allMatch(bySeverity::containsKey)
                ? FailAction.HOLD
                : FailAction.ABORT;
    }
}
