package dev.portcullis.analysis.metric;

import java.util.Set;

/** What one reading gave of one objective: raw and cumulative, by arm and pod. */
public sealed interface ObjectiveReading permits ObjectiveCounters, ObjectiveHistograms {
    /** Whether no series of the canary was read. */
    boolean withoutCanary();

    /** The canary's pods that were read. */
    Set<String> canaryPods();

    /** The baseline's pods that were read. */
    Set<String> baselinePods();
}
