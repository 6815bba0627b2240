package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.stats.Increment;
import dev.portcullis.analysis.stats.SloCount;
import dev.portcullis.analysis.stats.SloVote;
import dev.portcullis.analysis.stats.TestDirection;
import java.util.OptionalDouble;

/**
 * Fixed limits of a canary's ratio of bad requests.
 *
 * @param failRatio FAIL tests "at most this", above 0, at most 0.9
 * @param passRatio PASS excludes "at least this", {@code failRatio} to 0.9; empty for no PASS side. Close to
 *     {@code failRatio} a canary in between may stay undecided for ever: 1.5 times as much is sensible.
 * @param failForm form of the FAIL side
 * @param passForm form of the PASS side; only {@link Form#COUNT}, since a vote cannot exclude an absolute limit
 * @param clusterSize errors come in groups of at most this many requests (count form), 1 to 1000000
 */
public record SloLimits(double failRatio, OptionalDouble passRatio, Form failForm, Form passForm, double clusterSize) {
    private static final double LARGEST_RATIO = 0.9;

    /**
     * Refuses limits that no test is defined for.
     *
     * @throws InvalidPlanException naming {@code slo.fail_ratio}, {@code slo.pass_ratio}, {@code slo.pass_form} or
     *     {@code slo.cluster_size}
     */
    public SloLimits {
        LegalRange.above(0, LARGEST_RATIO).check("slo.fail_ratio", failRatio);
        if (passRatio.isPresent()) {
            LegalRange.between(failRatio, LARGEST_RATIO).check("slo.pass_ratio", passRatio.getAsDouble());
        }
        if (passForm != Form.COUNT) {
            throw new InvalidPlanException("slo.pass_form", passForm, "COUNT");
        }
        JudgePlan.CLUSTER_SIZES.check("slo.cluster_size", clusterSize);
    }

    /** The test against "the ratio is at most {@code limit}". */
    Increment worseThan(double limit) {
        return failForm == Form.VOTE ? new SloVote(limit) : new SloCount(limit, clusterSize, TestDirection.WORSE);
    }

    /** The test against "the ratio is at least {@code limit}". */
    Increment betterThan(double limit) {
        return new SloCount(limit, clusterSize, TestDirection.BETTER);
    }
}
