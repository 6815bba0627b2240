package dev.portcullis.analysis.mannwhitney;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Mann-Whitney test of two samples with the confidence interval of the shift between them: a pure function.
 *
 * <p>Always the normal approximation with continuity correction and the variance reduced by ties, as Kayenta has it and as
 * R's {@code wilcox.test(exact = FALSE, conf.int = TRUE)}. The interval holds every shift that the test does not reject.
 * Its statistic is a step function of the shift that only changes at differences of two values, so both ends are such
 * differences, of a rank that follows from the normal quantile. R and Kayenta look for the same two steps by root finding
 * and come within their tolerance of them (R 1e-4 by default). Source of the ranks: Hollander, Wolfe and Chicken,
 * "Nonparametric Statistical Methods", section 4.3 (Moses).
 *
 * <p>The library's quantile only picks the rank; the ends and the estimate are differences of the samples' own values, and so
 * equal to the bit on every machine.
 *
 * <p>Constant samples need no random noise as in Kayenta: all differences are the same, and so the interval is that one.
 */
public final class MannWhitney {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double CONTINUITY = 0.5;

    private final PairwiseDifferences differences;
    private final double canarySize;
    private final double baselineSize;

    private MannWhitney(SortedSample canary, SortedSample baseline) {
        if (canary.size() == 0 || baseline.size() == 0) {
            throw new IllegalArgumentException(
                    "sample sizes are " + canary.size() + " and " + baseline.size() + ", must be 1 or more");
        }
        this.differences = new PairwiseDifferences(canary, baseline);
        this.canarySize = canary.size();
        this.baselineSize = baseline.size();
    }

    /**
     * The shift between two samples.
     *
     * @param canary one value or more
     * @param baseline one value or more
     * @param confidence coverage of the two-sided interval, in (0, 1), e.g. 0.98
     * @throws IllegalArgumentException when a sample is empty or the confidence is outside (0, 1)
     */
    public static Shift shift(SortedSample canary, SortedSample baseline, double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + ", must be in (0, 1)");
        }
        return new MannWhitney(canary, baseline).shift(confidence);
    }

    /**
     * The two-sided p-value of the hypothesis that there is no shift, 0 to 1; 1 when all values are equal. For comparison with
     * other programs: nothing is decided by it, and its last digit may depend on the processor.
     *
     * @throws IllegalArgumentException when a sample is empty
     */
    public static double pValue(SortedSample canary, SortedSample baseline) {
        return new MannWhitney(canary, baseline).pValue();
    }

    /** Whether two samples of this size, or larger ones, have a bounded confidence interval. */
    static boolean bounded(int size, double confidence) {
        double pairs = (double) size * size;
        return lowerRank(pairs, deviation(size, size, 0), confidence) >= 1;
    }

    private Shift shift(double confidence) {
        double deviation = deviation(canarySize, baselineSize, tiesWithin());
        long rank = lowerRank(differences.count(), deviation, confidence);
        return new Shift(
                differences.median(),
                rank < 1 ? Double.NEGATIVE_INFINITY : differences.ranked(rank),
                rank < 1 ? Double.POSITIVE_INFINITY : differences.ranked(differences.count() + 1 - rank),
                statistic());
    }

    /** Pairs in which the canary's value is the larger one, ties counted half. */
    private double statistic() {
        return differences.count() - (differences.below(0) + differences.atMost(0)) / 2.0;
    }

    /** Between two steps no canary value equals a baseline value: only ties within a sample count. */
    private double tiesWithin() {
        return differences.canary().ties() + differences.baseline().ties();
    }

    private double pValue() {
        double distance = Math.abs(statistic() - differences.count() / 2.0) - CONTINUITY;
        double deviation = deviation(canarySize, baselineSize, tiesOfAll());
        // All values equal, or no distance at all: nothing speaks against "no shift".
        return deviation == 0 || distance <= 0 ? 1 : 2 * NORMAL.survivalProbability(distance / deviation);
    }

    private double tiesOfAll() {
        SortedSample canary = differences.canary();
        SortedSample baseline = differences.baseline();
        double[] all = new double[canary.size() + baseline.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < canary.size() ? canary.at(i) : baseline.at(i - canary.size());
        }
        return SortedSample.of(all).ties();
    }

    /**
     * The rank of the difference at the lower end: after that many steps upwards the test does not reject any more. Below 1
     * when it does not even reject beyond the smallest difference.
     */
    private static long lowerRank(double pairs, double deviation, double confidence) {
        double quantile = NORMAL.inverseSurvivalProbability((1 - confidence) / 2);
        return (long) Math.ceil(pairs / 2 - CONTINUITY - quantile * deviation);
    }

    /** Standard deviation of U under the hypothesis. */
    private static double deviation(double m, double n, double ties) {
        double all = m + n;
        double reduced = all + 1 - ties / (all * (all - 1));
        // When all values are equal, rounding must not leave less than nothing.
        return StrictMath.sqrt(Math.max(0, m * n / 12 * reduced));
    }
}
