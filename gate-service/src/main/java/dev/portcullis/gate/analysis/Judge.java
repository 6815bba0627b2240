package dev.portcullis.gate.analysis;

/** Who decided in analysis-service; the policy chooses. */
public enum Judge {
    /** Sequential tests, whose bounds on errors hold however often one looks. */
    SEQUENTIAL,
    /** A score of Mann-Whitney tests, which states no bound on errors. */
    MANN_WHITNEY
}
