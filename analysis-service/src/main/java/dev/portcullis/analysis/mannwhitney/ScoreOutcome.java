package dev.portcullis.analysis.mannwhitney;

/** What a score amounts to. */
public enum ScoreOutcome {
    /** All metrics decided, none critically bad, score at passScore or above. */
    PASS,
    /** All metrics decided, score between marginalScore and passScore. */
    MARGINAL,
    /** A critical metric failed, or the score is below marginalScore whatever the undecided metrics turn out to be. */
    FAIL,
    /** Metrics without data or in error leave it open. Never a statement about the canary. */
    UNDECIDED
}
