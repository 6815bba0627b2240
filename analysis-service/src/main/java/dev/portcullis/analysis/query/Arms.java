package dev.portcullis.analysis.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tells the canary's series from the baseline's. A series of both is the canary's.
 *
 * @param canary the pods judged
 * @param baseline the pods they are compared with; null when there are none
 */
public record Arms(Arm canary, @Nullable Arm baseline) {
    /** Arms told apart by the values of one label. */
    public Arms(String label, String canary, @Nullable String baseline) {
        this(new Arm(label, canary), baseline == null ? null : new Arm(label, baseline));
    }

    /** The arms there are, the canary first. */
    public List<Arm> each() {
        return baseline == null ? List.of(canary) : List.of(canary, baseline);
    }

    /** The values that tell the arms apart, by label: one label or two. */
    public SortedMap<String, List<String>> valuesByLabel() {
        SortedMap<String, List<String>> values = new TreeMap<>();
        if (baseline == null || !baseline.label().equals(canary.label())) {
            each().forEach(arm -> values.put(arm.label(), List.of(arm.value())));
        } else {
            values.put(canary.label(), List.of(canary.value(), baseline.value()));
        }
        return values;
    }

    /** Whether a series with these labels is the canary's. */
    public boolean isCanary(Map<String, String> labels) {
        return canary.owns(labels);
    }

    /** Whether a series with these labels is the baseline's. */
    public boolean isBaseline(Map<String, String> labels) {
        return baseline != null && baseline.owns(labels) && !canary.owns(labels);
    }

    /** Whether one of the labels with these names says which arm a series belongs to. */
    public boolean hasLabel(Set<String> labels) {
        return each().stream().anyMatch(arm -> labels.contains(arm.label()));
    }

    /** Whether a label says which arm a series belongs to. */
    public boolean tellsApart(String label) {
        return label.equals(canary.label()) || baseline != null && label.equals(baseline.label());
    }
}
