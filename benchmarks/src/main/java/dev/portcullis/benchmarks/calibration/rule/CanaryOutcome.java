package dev.portcullis.benchmarks.calibration.rule;

import java.util.OptionalInt;

/**
 * How a rule left a canary.
 *
 * @param decision the first one, which is the last word for whoever acts on it
 * @param seconds from the start of the run to that decision
 * @param overriddenAt seconds from the start of the run to the FAIL that came after the promotion; empty without one
 */
public record CanaryOutcome(Decision decision, int seconds, OptionalInt overriddenAt) {
    /** What can become of a canary. */
    public enum Decision {
        /** Taken back. */
        ABORTED,
        /** Given all traffic. */
        PROMOTED,
        /** Neither; somebody has to look. */
        UNDECIDED
    }

    static CanaryOutcome aborted(int seconds) {
        return new CanaryOutcome(Decision.ABORTED, seconds, OptionalInt.empty());
    }

    static CanaryOutcome promoted(int seconds) {
        return new CanaryOutcome(Decision.PROMOTED, seconds, OptionalInt.empty());
    }

    static CanaryOutcome undecided(int seconds) {
        return new CanaryOutcome(Decision.UNDECIDED, seconds, OptionalInt.empty());
    }

    /** The same promotion, and an abort that came after it. */
    CanaryOutcome overridden(int atSeconds) {
        return new CanaryOutcome(decision, seconds, OptionalInt.of(atSeconds));
    }

    /** Whether the canary was taken back before anything else was decided. */
    public boolean isAborted() {
        return decision == Decision.ABORTED;
    }

    /** Whether the canary was given all traffic. */
    public boolean isPromoted() {
        return decision == Decision.PROMOTED;
    }

    /** Whether the canary was ever taken back, before a promotion or after it. */
    public boolean isEverAborted() {
        return isAborted() || overriddenAt.isPresent();
    }

    /** Seconds from the start of the run to the abort, before a promotion or after it; empty without one. */
    public OptionalInt abortedAt() {
        return isAborted() ? OptionalInt.of(seconds) : overriddenAt;
    }
}
