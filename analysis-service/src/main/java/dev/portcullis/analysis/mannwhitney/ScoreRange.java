package dev.portcullis.analysis.mannwhitney;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A score, 0 to 100, rounded to two decimals as Kayenta rounds it.
 *
 * @param lowest when every undecided metric counts as failing
 * @param highest when every undecided metric counts as passing; equal to lowest when all are decided
 */
public record ScoreRange(double lowest, double highest) {
    /** The score after a critical failure. */
    static final ScoreRange ZERO = new ScoreRange(0, 0);

    static ScoreRange rounded(double lowest, double highest) {
        return new ScoreRange(rounded(lowest), rounded(highest));
    }

    /** Whether it is one number. */
    public boolean decided() {
        return lowest == highest;
    }

    private static double rounded(double score) {
        return BigDecimal.valueOf(score).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    @Override
    public String toString() {
        return decided()
                ? ClassificationText.score(lowest)
                : "between " + ClassificationText.score(lowest) + " and " + ClassificationText.score(highest);
    }
}
