package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.Counts;

/**
 * How the errors of a window divide between two arms when the first fails {@code factor} times as often as the second.
 *
 * <p>Static functions on doubles instead of a record: they run for every window of every analysis. Dividing the totals
 * first keeps everything finite for all legal counts and factors.
 */
final class ErrorSplit {
    private ErrorSplit() {}

    /** The first arm's expected share of the errors, above 0, at most 1. */
    static double share(Counts first, Counts second, double factor) {
        return Math.max(factor / (factor + perRequest(first, second)), Double.MIN_NORMAL);
    }

    /** The second arm's expected share of the errors, 0 to 1. */
    static double rest(Counts first, Counts second, double factor) {
        double others = perRequest(first, second);
        return others / (factor + others);
    }

    /** Requests of the second arm for each request of the first. */
    static double perRequest(Counts first, Counts second) {
        return Math.min(second.total() / first.total(), Counts.LARGEST);
    }
}
