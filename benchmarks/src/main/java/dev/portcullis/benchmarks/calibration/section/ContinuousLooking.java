package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.stats.BaselineCount;
import dev.portcullis.analysis.stats.Increment;
import dev.portcullis.analysis.stats.SequentialTest;
import dev.portcullis.analysis.stats.SloCount;
import dev.portcullis.analysis.stats.TestDirection;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GeometricSampler;

/**
 * A test that is looked at after every single request. Between two bad requests the evidence against the canary only falls, so it is enough to look after each bad one;
 * how many good ones lie between is drawn from a geometric distribution.
 *
 * @param increment the request-level form
 * @param badRatio of bad requests among all that the test sees, inside (0, 1)
 * @param canaryShare chance of a bad request to be the canary's; 1 without a baseline
 * @param split counts without any bad request, in the proportion of the arms' traffic
 */
record ContinuousLooking(Increment increment, double badRatio, double canaryShare, ArmCounts split) {
    /** A canary against a limit. */
    static ContinuousLooking slo(double limit, double ratio) {
        return new ContinuousLooking(
                new SloCount(limit, 1, TestDirection.WORSE), ratio, 1, ArmCounts.ofCanary(Counts.NONE));
    }

    /** A canary against "no worse than the baseline". */
    static ContinuousLooking baseline(double canaryShare, double canaryRatio, double baselineRatio) {
        var bad = canaryShare * canaryRatio + (1 - canaryShare) * baselineRatio;
        var split = new ArmCounts(new Counts(0, 1), new Counts(0, (1 - canaryShare) / canaryShare));
        return new ContinuousLooking(
                new BaselineCount(1, 0, 1, TestDirection.WORSE), bad, canaryShare * canaryRatio / bad, split);
    }

    /**
     * Requests of both arms until the evidence reaches each threshold; infinite where it has not after {@code most} bad requests.
     *
     * @param planned bad requests over which the start of a regression is spread; 0 for no spreading
     * @param thresholds natural logarithms, rising
     */
    double[] requests(UniformRandomProvider random, int planned, int most, double... thresholds) {
        var test = new SequentialTest(increment, planned);
        var gaps = GeometricSampler.of(random, badRatio);
        var reached = new double[thresholds.length];
        var next = 0;
        var requests = 0.0;
        for (var bad = 0; bad < most && next < thresholds.length; bad++) {
            var gap = gaps.sample() + 1;
            requests += gap;
            test.fold(window(random, gap));
            while (next < thresholds.length && reaches(test, thresholds[next])) {
                reached[next++] = requests;
            }
        }
        Arrays.fill(reached, next, thresholds.length, Double.POSITIVE_INFINITY);
        return reached;
    }

    private static boolean reaches(SequentialTest test, double threshold) {
        return test.ceiling() >= threshold && test.logEvidence() >= threshold;
    }

    /** One bad request and what came before it. Against a baseline only the split counts, not the number of good requests. */
    private ArmCounts window(UniformRandomProvider random, double gap) {
        if (canaryShare == 1) {
            return ArmCounts.ofCanary(new Counts(1, gap));
        }
        var canary = random.nextDouble() < canaryShare;
        var total = split.canary().total();
        var others = split.baseline().total();
        return new ArmCounts(new Counts(canary ? 1 : 0, total), new Counts(canary ? 0 : 1, others));
    }
}
