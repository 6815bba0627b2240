package dev.portcullis.analysis.judge;

/** What a test holds the canary against. */
public enum TestKind {
    /** Fixed limits. */
    SLO,
    /** Limits drawn from the stable version beside it. */
    BASELINE
}
