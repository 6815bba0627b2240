package dev.portcullis.analysis.run;

/**
 * Whether the canary could be measured at the last poll; never a statement about its health.
 *
 * @param state what the last poll gave
 * @param detail why it could not measure, in one line; empty while the state is MEASURING
 */
public record Measuring(State state, String detail) {
    /** Counters were read and the canary served requests since the analysis began. */
    public static final Measuring COUNTING = new Measuring(State.MEASURING, "");

    /** What a poll can give. */
    public enum State {
        MEASURING,
        NO_DATA,
        UNREACHABLE
    }

    /** The source answers, but knows of no request to this canary. */
    static Measuring noData(String canary) {
        return new Measuring(
                State.NO_DATA,
                "the metrics source answers, but the canary '" + canary
                        + "' has served no request since the analysis began");
    }

    /** The source did not answer, or not in a usable form. */
    static Measuring unreachable(String detail) {
        return new Measuring(State.UNREACHABLE, detail);
    }
}
