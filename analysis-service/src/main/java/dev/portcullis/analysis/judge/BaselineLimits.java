package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.stats.BaselineCount;
import dev.portcullis.analysis.stats.BaselineReversedVote;
import dev.portcullis.analysis.stats.BaselineVote;
import dev.portcullis.analysis.stats.Increment;
import dev.portcullis.analysis.stats.TestDirection;
import java.util.OptionalDouble;

/**
 * Limits of a canary's ratio of bad requests drawn from the baseline's: {@code factor * baseline + margin}.
 *
 * @param failFactor FAIL factor, above 0
 * @param failMargin FAIL margin as a ratio of requests, 0 to 1
 * @param passFactor PASS factor, at least {@code failFactor}; empty for no PASS side
 * @param passMargin PASS margin, at least {@code failMargin} when there is a PASS side, 0 to 1
 * @param failForm form of the FAIL side
 * @param passForm form of the PASS side; {@link Form#VOTE} only with {@code passMargin} 0
 * @param clusterSize errors come in groups of at most this many requests (count form), 1 to 1000000
 */
public record BaselineLimits(
        double failFactor,
        double failMargin,
        OptionalDouble passFactor,
        double passMargin,
        Form failForm,
        Form passForm,
        double clusterSize) {
    /**
     * Refuses limits that no test is defined for.
     *
     * @throws InvalidPlanException naming {@code baseline.fail_factor}, {@code baseline.fail_margin},
     *     {@code baseline.pass_factor}, {@code baseline.pass_margin}, {@code baseline.pass_form} or
     *     {@code baseline.cluster_size}
     */
    public BaselineLimits {
        LegalRange.above(0, Double.MAX_VALUE).check("baseline.fail_factor", failFactor);
        LegalRange.between(0, 1).check("baseline.fail_margin", failMargin);
        LegalRange.between(0, 1).check("baseline.pass_margin", passMargin);
        if (passFactor.isPresent()) {
            LegalRange.between(failFactor, Double.MAX_VALUE).check("baseline.pass_factor", passFactor.getAsDouble());
            LegalRange.between(failMargin, 1).check("baseline.pass_margin", passMargin);
        }
        if (passForm == Form.VOTE && passMargin > 0) {
            throw new InvalidPlanException(
                    "baseline.pass_form", passForm, "COUNT when pass_margin, here " + passMargin + ", is above 0");
        }
        JudgePlan.CLUSTER_SIZES.check("baseline.cluster_size", clusterSize);
    }

    /** Whether the limits are multiples of the baseline's ratio and nothing else. */
    public boolean withoutMargins() {
        return failMargin == 0 && (passFactor.isEmpty() || passMargin == 0);
    }

    /** The test against "at most {@code factor * baseline + margin}". */
    Increment worseThan(double factor, double margin) {
        return failForm == Form.VOTE
                ? new BaselineVote(factor, margin)
                : new BaselineCount(factor, margin, clusterSize, TestDirection.WORSE);
    }

    /** The test against "at least {@code factor * baseline + margin}"; {@code margin} is 0 in the vote form. */
    Increment betterThan(double factor, double margin) {
        return passForm == Form.VOTE
                ? new BaselineReversedVote(factor)
                : new BaselineCount(factor, margin, clusterSize, TestDirection.BETTER);
    }
}
