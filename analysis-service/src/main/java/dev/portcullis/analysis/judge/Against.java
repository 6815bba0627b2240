package dev.portcullis.analysis.judge;

/** What a test holds the canary against. */
public enum Against {
    /** Fixed limits. */
    SLO,
    /** Limits drawn from the stable version beside it. */
    BASELINE
}
