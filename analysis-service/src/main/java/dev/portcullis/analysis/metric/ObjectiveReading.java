package dev.portcullis.analysis.metric;

import java.util.Map;
import java.util.Set;

/** What one reading gave of one objective: raw and cumulative, by arm and pod. */
public sealed interface ObjectiveReading permits ObjectiveCounters, ObjectiveHistograms {
    /** What was read of the canary, by pod. */
    Map<String, ?> canary();

    /** What was read of the baseline, by pod; empty when there is none. */
    Map<String, ?> baseline();

    /** Whether no series of the canary was read. */
    default boolean withoutCanary() {
        return canary().isEmpty();
    }

    /** The canary's pods that were read. */
    default Set<String> canaryPods() {
        return canary().keySet();
    }

    /** The baseline's pods that were read. */
    default Set<String> baselinePods() {
        return baseline().keySet();
    }
}
