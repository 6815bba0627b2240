package dev.portcullis.gate.analysis;

/** What the evidence says about a canary. A FAIL is final; a PASS can be overridden by a later FAIL. */
public enum Verdict {
    /** Shown to be within the tolerated limits. */
    PASS,
    /** Shown to be beyond its limits. */
    FAIL,
    /** Undecided so far. */
    CONTINUE,
    /** Undecided when the deadline passed; says nothing against the canary. */
    INCONCLUSIVE
}
