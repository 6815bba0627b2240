package dev.portcullis.analysis.slo;

import java.time.Duration;

/**
 * The rhythm and the strictness of an analysis.
 *
 * @param poll time between two readings; default 15 s
 * @param window time summed into one vote, a multiple of poll in effect; default 30 s; at least twice the usual length of a bad spell of one pod
 * @param deadline time after which an undecided analysis is INCONCLUSIVE; default 60 min
 * @param bake time before which no PASS is given; default 5 min
 * @param alpha bound on false FAILs, in (0, 0.5); default 0.01
 * @param beta bound on false PASSes, in (0, 0.5); default 0.05
 * @param minFailWindows windows with a canary error needed before a FAIL; default 2
 * @param clusterSize errors come in groups of at most this many (PASS side); default 5
 * @param limits how far a canary may be off
 */
public record AnalysisSettings(
        Duration poll,
        Duration window,
        Duration deadline,
        Duration bake,
        double alpha,
        double beta,
        int minFailWindows,
        double clusterSize,
        Limits limits) {
    /** The defaults. */
    public static final AnalysisSettings DEFAULT = new AnalysisSettings(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(60),
            Duration.ofMinutes(5),
            0.01,
            0.05,
            2,
            5,
            Limits.DEFAULT);

    /** Windows up to the deadline: ceil(deadline / window), at least 1. */
    public int plannedWindows() {
        return (int) Math.max(1, Math.ceilDiv(deadline.toMillis(), window.toMillis()));
    }
}
