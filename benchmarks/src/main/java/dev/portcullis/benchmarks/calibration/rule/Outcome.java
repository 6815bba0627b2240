package dev.portcullis.benchmarks.calibration.rule;

/**
 * How a rule left a canary.
 *
 * @param decision the last word
 * @param seconds from the start of the run to the decision
 */
public record Outcome(Decision decision, int seconds) {
    /** What can become of a canary. */
    public enum Decision {
        /** Taken back. */
        ABORTED,
        /** Given all traffic. */
        PROMOTED,
        /** Neither; somebody has to look. */
        UNDECIDED
    }

    static Outcome aborted(int seconds) {
        return new Outcome(Decision.ABORTED, seconds);
    }

    static Outcome promoted(int seconds) {
        return new Outcome(Decision.PROMOTED, seconds);
    }

    static Outcome undecided(int seconds) {
        return new Outcome(Decision.UNDECIDED, seconds);
    }

    /** Whether the canary was taken back. */
    public boolean isAborted() {
        return decision == Decision.ABORTED;
    }

    /** Whether the canary was given all traffic. */
    public boolean isPromoted() {
        return decision == Decision.PROMOTED;
    }
}
