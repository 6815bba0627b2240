package dev.portcullis.analysis.slo;

import java.time.Duration;

/**
 * The times of an analysis.
 *
 * @param poll time between two readings; default 15 s
 * @param window time summed into one vote, a multiple of poll in effect; default 30 s; at least twice the usual length of a bad spell
 *     of one pod
 * @param windowFrom where {@code window} comes from
 * @param deadline time after which an undecided analysis is INCONCLUSIVE; default 60 min
 * @param bake time for which the canary has to be seen to serve requests before a PASS is given; default 5 min
 * @param warmUp time after the first sight of a pod in which its requests are not counted; default none
 */
public record AnalysisTiming(
        Duration poll, Duration window, Provenance windowFrom, Duration deadline, Duration bake, Duration warmUp) {
    /** The defaults. */
    public static final AnalysisTiming DEFAULT = new AnalysisTiming(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Provenance.DEFAULT,
            Duration.ofMinutes(60),
            Duration.ofMinutes(5),
            Duration.ZERO);

    /** Windows up to the deadline: ceil(deadline / window), at least 1. */
    public int plannedWindows() {
        return (int) Math.max(1, Math.ceilDiv(deadline.toMillis(), window.toMillis()));
    }

    /** The same with another deadline, without bake time and warm-up: what restored pods serve badly at first is served to users. */
    AnalysisTiming ofRecovery(Duration within) {
        return new AnalysisTiming(poll, window, windowFrom, within, Duration.ZERO, Duration.ZERO);
    }

    /** The same with a window of another length. */
    public AnalysisTiming withWindow(Duration length, Provenance from) {
        return new AnalysisTiming(poll, length, from, deadline, bake, warmUp);
    }
}
