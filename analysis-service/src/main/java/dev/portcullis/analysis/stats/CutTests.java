package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One test made at several cuts of the same requests, such as the bucket boundaries of a latency.
 *
 * <p>Speaks against "at no cut is the canary beyond the limit" by the {@link #mean} of the e-values, which is an e-value
 * although the tests depend on each other; for latencies that is the one-sided stochastic order on the buckets (Lindon,
 * Sanden and Shirikian, "Rapid Regression Detection in Software Deployments through Sequential Testing"). Speaks against
 * "at some cut" by the {@link #least} of them. Not thread-safe.
 */
public final class CutTests {
    private final int[] cuts;
    private final SequentialTest[] tests;
    private final int[] errorWindows;
    private final double logSize;

    /**
     * Tests that have seen nothing.
     *
     * @param increment the test made at each cut
     * @param plannedWindows as in {@link SequentialTest}
     * @param cuts positions within the observations, from 0; one or more
     */
    public CutTests(Increment increment, int plannedWindows, List<Integer> cuts) {
        if (cuts.isEmpty()) {
            throw new IllegalArgumentException("no cut to test");
        }
        this.cuts = cuts.stream().mapToInt(Integer::intValue).toArray();
        this.tests = IntStream.range(0, cuts.size())
                .mapToObj(j -> new SequentialTest(increment, plannedWindows))
                .toArray(SequentialTest[]::new);
        this.errorWindows = new int[tests.length];
        this.logSize = StrictMath.log(tests.length);
    }

    /** Takes in the next window. */
    public void fold(Observation window) {
        for (int j = 0; j < cuts.length; j++) {
            ArmCounts counts = window.at(cuts[j]);
            tests[j].fold(counts);
            errorWindows[j] += counts.canary().bad() > 0 ? 1 : 0;
        }
    }

    /** Windows with a bad request of the canary at the cut with the largest e-value; of equal ones the first. */
    public int errorWindowsAtWorst() {
        double[] each = each();
        int worst = 0;
        for (int j = 1; j < each.length; j++) {
            worst = each[j] > each[worst] ? j : worst;
        }
        return errorWindows[worst];
    }

    /** The natural logarithm of the average of the e-values, 0 before the first window; may exceed 709. */
    public double mean() {
        return tests.length == 1 ? tests[0].logEvidence() : LogSpace.sumExp(each()) - logSize;
    }

    /** The natural logarithm of the smallest of the e-values, 0 before the first window; may exceed 709. */
    public double least() {
        double least = Double.POSITIVE_INFINITY;
        for (SequentialTest test : tests) {
            least = Math.min(least, test.logEvidence());
        }
        return least;
    }

    /** The natural logarithm of the e-value at each cut, in the order given. */
    public double[] each() {
        double[] each = new double[tests.length];
        for (int j = 0; j < each.length; j++) {
            each[j] = tests[j].logEvidence();
        }
        return each;
    }

    /** A number that {@link #mean} does not exceed, since an average does not exceed its largest part; cheap. */
    public double ceilingOfMean() {
        double largest = Double.NEGATIVE_INFINITY;
        for (SequentialTest test : tests) {
            largest = Math.max(largest, test.ceiling());
        }
        return largest;
    }

    /** A number that {@link #least} does not exceed; cheap. */
    public double ceilingOfLeast() {
        double smallest = Double.POSITIVE_INFINITY;
        for (SequentialTest test : tests) {
            smallest = Math.min(smallest, test.ceiling());
        }
        return smallest;
    }
}
