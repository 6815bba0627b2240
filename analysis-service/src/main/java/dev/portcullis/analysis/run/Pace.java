package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Judgement;
import java.util.OptionalDouble;

/**
 * How fast the evidence grew of late.
 *
 * @param windows over how many windows, 0 to {@link #WINDOWS}
 * @param fail growth of the FAIL evidence per window, natural logarithms; 0 without windows
 * @param pass growth of the smallest PASS evidence per window
 */
public record Pace(int windows, double fail, double pass) {
    /** So many windows make a pace: long enough to be steady, short enough to follow the traffic. */
    static final int WINDOWS = 10;

    static Pace between(Judgement before, Judgement now) {
        var windows = now.windows() - before.windows();
        return windows == 0
                ? new Pace(0, 0, 0)
                : new Pace(
                        windows,
                        (now.failEvidence() - before.failEvidence()) / windows,
                        (now.passEvidence() - before.passEvidence()) / windows);
    }

    /** Windows until the PASS evidence is at its threshold if it goes on like this; empty when it does not grow. */
    public OptionalDouble windowsToPass(Judgement now) {
        var missing = now.passThreshold() - now.passEvidence();
        return pass > 0 && missing > 0 ? OptionalDouble.of(missing / pass) : OptionalDouble.empty();
    }

    /** Windows until the FAIL evidence is at its threshold if it goes on like this; empty when it does not grow. */
    public OptionalDouble windowsToFail(Judgement now) {
        var missing = now.failThreshold() - now.failEvidence();
        return fail > 0 && missing > 0 ? OptionalDouble.of(missing / fail) : OptionalDouble.empty();
    }
}
