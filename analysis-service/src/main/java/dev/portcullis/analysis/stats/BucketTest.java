package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmHistograms;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The test of a whole latency distribution: at every bucket boundary, are too many of the canary's requests slower?
 *
 * <p>Speaks against "at no boundary is the canary slower than the margin" (one-sided stochastic order on the buckets).
 * The tests of the boundaries depend on each other; their average is an e-value all the same. Leave out boundaries that
 * more than half of the baseline's requests exceed, chosen from history.
 */
public final class BucketTest {
    private BucketTest() {}

    /**
     * The evidence after each window.
     *
     * @param increment the test made at each boundary, bad requests being those slower than it
     * @param plannedWindows as in {@link SequentialTest}
     * @param windows all with the same buckets, of which one at least has a boundary
     * @throws IllegalArgumentException naming the first window whose buckets differ
     */
    public static List<BucketEvidence> evidence(Increment increment, int plannedWindows, List<ArmHistograms> windows) {
        int boundaries = windows.isEmpty() ? 0 : windows.getFirst().boundaries();
        List<SequentialTest> tests = IntStream.range(0, boundaries)
                .mapToObj(j -> new SequentialTest(increment, plannedWindows))
                .toList();
        List<BucketEvidence> evidence = new ArrayList<>(windows.size());
        for (int i = 0; i < windows.size(); i++) {
            requireBoundaries(windows.get(i), i, boundaries);
            evidence.add(fold(tests, windows.get(i)));
        }
        return evidence;
    }

    private static void requireBoundaries(ArmHistograms window, int index, int expected) {
        if (window.boundaries() == 0 || window.boundaries() != expected) {
            throw new IllegalArgumentException("windows[" + index + "] has " + window.boundaries()
                    + " bucket boundaries, must have one or more, as many as the first window: " + expected);
        }
    }

    private static BucketEvidence fold(List<SequentialTest> tests, ArmHistograms window) {
        List<Double> perBoundary = new ArrayList<>(tests.size());
        double sum = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < tests.size(); j++) {
            tests.get(j).fold(window.slowerThan(j));
            perBoundary.add(tests.get(j).logEvidence());
            sum = LogSpace.addExp(sum, perBoundary.get(j));
        }
        return new BucketEvidence(sum - StrictMath.log(tests.size()), perBoundary);
    }
}
