package dev.portcullis.analysis.metric;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells the canary's series from the baseline's.
 *
 * @param label name of the label
 * @param canary its value on the canary's series
 * @param baseline its value on the baseline's series; null when there is no baseline
 */
public record Arms(String label, String canary, @Nullable String baseline) {
    /** The condition that a series belongs to one of the arms. */
    public LabelMatcher matcher() {
        if (baseline == null) {
            return new LabelMatcher(label, LabelMatcher.Operator.EQUAL, canary);
        }
        String either = LabelMatcher.quoteRegex(canary) + "|" + LabelMatcher.quoteRegex(baseline);
        return new LabelMatcher(label, LabelMatcher.Operator.MATCHES, either);
    }

    /** Whether a series with these labels is the canary's. */
    boolean isCanary(Map<String, String> labels) {
        return canary.equals(labels.get(label));
    }

    /** Whether a series with these labels is the baseline's. */
    boolean isBaseline(Map<String, String> labels) {
        return baseline != null && baseline.equals(labels.get(label));
    }
}
