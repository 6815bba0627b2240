package dev.portcullis.analysis.mannwhitney;

/**
 * All differences "canary value minus baseline value" of two samples, without ever writing them down: a hundred windows
 * make ten thousand of them, a hundred thousand windows ten thousand million.
 *
 * @param canary not empty
 * @param baseline not empty
 */
record PairwiseDifferences(SortedSample canary, SortedSample baseline) {
    /** How many there are. */
    long count() {
        return (long) canary.size() * baseline.size();
    }

    /** How many are at most {@code limit}: one walk along both samples, since a larger canary value needs a larger partner. */
    long atMost(double limit) {
        long count = 0;
        int j = 0;
        for (int i = 0; i < canary.size(); i++) {
            while (j < baseline.size() && canary.at(i) - baseline.at(j) > limit) {
                j++;
            }
            count += baseline.size() - j;
        }
        return count;
    }

    /** How many are below {@code limit}. */
    long below(double limit) {
        return atMost(Math.nextDown(limit));
    }

    /**
     * The difference of a rank, exactly.
     *
     * <p>Bisection over the bit patterns of doubles, which are ordered like the numbers: at most 64 walks, and no
     * tolerance that a result could depend on.
     *
     * @param rank 1 for the smallest, to {@link #count} for the largest
     */
    double ranked(long rank) {
        long low = ordered(canary.at(0) - baseline.at(baseline.size() - 1));
        long high = ordered(canary.at(canary.size() - 1) - baseline.at(0));
        while (low < high) {
            long middle = low + ((high - low) >>> 1);
            if (atMost(number(middle)) >= rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // The search may end at -0.0, which equals 0.0 but has other bits.
        return number(low) + 0.0;
    }

    /** The median: mean of the two middle ones when their number is even. */
    double median() {
        long lower = (count() + 1) / 2;
        double middle = ranked(lower);
        return count() % 2 == 1 ? middle : (middle + ranked(lower + 1)) / 2;
    }

    private static long ordered(double number) {
        return flipped(Double.doubleToLongBits(number));
    }

    private static double number(long ordered) {
        return Double.longBitsToDouble(flipped(ordered));
    }

    /** Negative doubles are stored as sign and magnitude: flipped, a larger number has a larger pattern. Its own inverse. */
    private static long flipped(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
