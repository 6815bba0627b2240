package dev.portcullis.analysis.tool.detection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How simulated releases ended. The first PASS or FAIL is the end: what the canary does afterwards is not looked at.
 *
 * @param releases how many there were, 1 or more
 * @param aborted times of the FAILs since the beginning, in any order
 * @param promoted times of the PASSes
 */
public record OutcomeCounts(int releases, List<Duration> aborted, List<Duration> promoted) {
    private static final double HALF = 0.5;
    private static final double NINE_OF_TEN = 0.9;

    /** Sorts the times. */
    public OutcomeCounts {
        aborted = aborted.stream().sorted().toList();
        promoted = promoted.stream().sorted().toList();
    }

    /** Share of the releases that ended by FAIL, 0 to 1. */
    public double abortedShare() {
        return (double) aborted.size() / releases;
    }

    /** Share of the releases that ended by PASS, 0 to 1. */
    public double promotedShare() {
        return (double) promoted.size() / releases;
    }

    /** Share of the releases that were undecided at the deadline, 0 to 1. */
    public double undecidedShare() {
        return (double) (releases - aborted.size() - promoted.size()) / releases;
    }

    /** The time that half of these times do not exceed; empty when there are none. */
    public static Optional<Duration> median(List<Duration> sorted) {
        return quantile(sorted, HALF);
    }

    /** The time that nine of ten of these times do not exceed; empty when there are none. */
    public static Optional<Duration> ninety(List<Duration> sorted) {
        return quantile(sorted, NINE_OF_TEN);
    }

    /** One of the times, by its rank: the end of a window is never half-way between two. */
    private static Optional<Duration> quantile(List<Duration> sorted, double level) {
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get((int) Math.ceil(level * sorted.size()) - 1));
    }
}
