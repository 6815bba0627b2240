package dev.portcullis.analysis.judge;

/** What the evidence says about a canary. */
public enum Verdict {
    /** Shown to be within the tolerated limits. */
    PASS,
    /** Shown to be beyond its limits; final. */
    FAIL,
    /** Not decided yet. */
    CONTINUE,
    /** Not decided when the time was over. The judge knows no time and never says this; whoever keeps the deadline does. */
    INCONCLUSIVE
}
