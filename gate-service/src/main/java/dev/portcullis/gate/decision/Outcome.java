package dev.portcullis.gate.decision;

/** What to do with a release. */
public enum Outcome {
    /** Give the canary more traffic. */
    PROMOTE,
    /** Wait. */
    HOLD,
    /** Take the canary back. */
    ABORT
}
