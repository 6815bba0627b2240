package dev.portcullis.analysis.run;

/** Where in its life an analysis is. */
public enum AnalysisState {
    /** Polls are due. */
    RUNNING,
    /** Ended by a FAIL or by the deadline. */
    CONCLUDED,
    /** Ended on request. */
    CANCELLED
}
