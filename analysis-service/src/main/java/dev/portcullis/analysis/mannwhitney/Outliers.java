package dev.portcullis.analysis.mannwhitney;

/**
 * Which values of an arm are left out as outliers; Kayenta's {@code outliers}.
 *
 * <p>With a factor, the fences are the quartiles less and plus factor times their distance (Tukey), moved outwards to the
 * 1st and 99th percentile as Kayenta does: below a hundred values that is the smallest and the largest one, and nothing is
 * left out.
 *
 * @param factor 0 keeps every value, the default; else above 0, at most 1000; Kayenta's default when it removes is 3
 */
public record Outliers(double factor) {
    /** Every value is kept. */
    public static final Outliers KEPT = new Outliers(0);

    /**
     * Refuses a factor without meaning.
     *
     * @throws InvalidScorePlanException naming {@code outlier_factor}
     */
    public Outliers {
        InvalidScorePlanException.requireBetween("outlier_factor", factor, 0, 1000);
    }

    /** The sample without its outliers. */
    SortedSample removedFrom(SortedSample sample) {
        if (factor == 0 || sample.size() == 0) {
            return sample;
        }
        double lowerQuartile = percentile(sample, 25);
        double upperQuartile = percentile(sample, 75);
        double reach = factor * (upperQuartile - lowerQuartile);
        return sample.within(
                Math.min(percentile(sample, 1), lowerQuartile - reach),
                Math.max(percentile(sample, 99), upperQuartile + reach));
    }

    /** Linear between the values at position p (n + 1): type 6 of Hyndman and Fan, "Sample Quantiles" (1996). */
    private static double percentile(SortedSample sample, double percent) {
        double position = percent / 100 * (sample.size() + 1);
        int rank = (int) Math.floor(position);
        if (rank < 1) {
            return sample.at(0);
        }
        if (rank >= sample.size()) {
            return sample.at(sample.size() - 1);
        }
        double value = sample.at(rank - 1);
        return value + (position - rank) * (sample.at(rank) - value);
    }
}
