package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * The limits that the evidence so far excludes: how bad a canary is, for display beside the verdict.
 *
 * <p>The lower bound is the limit at which the e-value of "worse than the limit" is exactly 1/alpha, the upper bound the
 * one at which the e-value of "better than the limit" is 1/beta. Each e-value is monotone in the limit, so both are
 * unique; found to a relative 1e-12. Plain mixture over all windows; do not intersect intervals over time, which would
 * be valid for a constant rate only. A bound for the ratio to the baseline is on the smallest and largest ratio seen
 * when the ratio changes.
 */
public final class ConfidenceSequence {
    private static final Range RATIO = new Range(1e-300, 1);
    private static final Range RELATIVE = new Range(1e-9, 1e9);

    private ConfidenceSequence() {}

    /**
     * Bounds on the canary's ratio of bad requests.
     *
     * @param worse the test against "at most this ratio", made for any ratio above 0 up to 1
     * @param alpha chance that the lower bound is ever wrong
     * @param better the test against "at least this ratio"
     * @param beta chance that the upper bound is ever wrong
     */
    public static ConfidenceInterval ratio(
            List<ArmCounts> windows,
            DoubleFunction<Increment> worse,
            double alpha,
            DoubleFunction<Increment> better,
            double beta) {
        return RATIO.bounds(windows, worse, alpha, better, beta);
    }

    /**
     * Bounds on the canary's ratio of bad requests divided by the baseline's, within 1e-9 to 1e9; a bound beyond that is
     * cut to it. Parameters as for {@link #ratio}; the tests must have no margin.
     */
    public static ConfidenceInterval relative(
            List<ArmCounts> windows,
            DoubleFunction<Increment> worse,
            double alpha,
            DoubleFunction<Increment> better,
            double beta) {
        return RELATIVE.bounds(windows, worse, alpha, better, beta);
    }

    /** The limits among which a bound is looked for. */
    private record Range(double smallest, double largest) {
        ConfidenceInterval bounds(
                List<ArmCounts> windows,
                DoubleFunction<Increment> worse,
                double alpha,
                DoubleFunction<Increment> better,
                double beta) {
            return new ConfidenceInterval(
                    limit(windows, worse, alpha, smallest, largest), limit(windows, better, beta, largest, smallest));
        }

        /** The limit between {@code easy}, where the evidence is largest, and {@code hard}, where it is least. */
        private static OptionalDouble limit(
                List<ArmCounts> windows, DoubleFunction<Increment> test, double error, double easy, double hard) {
            List<ArmCounts> condensed = test.apply(easy).condensed(windows);
            RootSearch search = new RootSearch(
                    logLimit -> evidence(test.apply(StrictMath.exp(logLimit)), condensed) + StrictMath.log(error));
            if (search.at(StrictMath.log(easy)) < 0) {
                return OptionalDouble.empty();
            }
            if (search.at(StrictMath.log(hard)) >= 0) {
                return OptionalDouble.of(hard);
            }
            return OptionalDouble.of(StrictMath.exp(search.between(StrictMath.log(easy), StrictMath.log(hard))));
        }

        private static double evidence(Increment increment, List<ArmCounts> windows) {
            SequentialTest test = new SequentialTest(increment, 0);
            windows.forEach(test::fold);
            return test.logEvidence();
        }
    }
}
