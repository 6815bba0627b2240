package dev.portcullis.gate.analysis;

/** A kind of test an objective has. */
public enum TestKind {
    /** Canary against the SLO's limit. */
    SLO,
    /** Canary against the stable version. */
    BASELINE
}
