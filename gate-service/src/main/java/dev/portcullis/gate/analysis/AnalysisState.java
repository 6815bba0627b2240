package dev.portcullis.gate.analysis;

/** Where in its life an analysis is. */
public enum AnalysisState {
    /** It polls counters. */
    RUNNING,
    /** Ended by a FAIL or by its deadline; the verdict is final. */
    CONCLUDED,
    /** Ended on request; the verdict is what it was then. */
    CANCELLED
}
