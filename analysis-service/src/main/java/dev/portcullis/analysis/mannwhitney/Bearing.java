package dev.portcullis.analysis.mannwhitney;

/** What a classified metric does to the score. Bad, unsure and broken are never merged. */
public enum Bearing {
    /** Counts as passing. */
    PASSING,
    /** Counts as failing. */
    FAILING,
    /** Makes the whole score 0. */
    CRITICAL,
    /** Unknown: keeps the judgement from passing. Kayenta leaves such a metric out, and counts a group of them as passing. */
    OPEN,
    /** Shown only. */
    NONE
}
