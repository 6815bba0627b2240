package dev.portcullis.analysis.metric;

/** What one reading gave of one objective: raw and cumulative, by arm and pod. */
public sealed interface ObjectiveReading permits ObjectiveCounters, ObjectiveHistograms {
    /** Whether no series of the canary was read. */
    boolean withoutCanary();
}
