package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import dev.portcullis.analysis.stats.ConfidenceSequence;
import java.util.List;

/**
 * How bad a canary is, as bounds in the forms that its limits are tested in: the lower one from the FAIL side's form, wrong
 * with chance alpha, the upper one from the PASS side's, wrong with chance beta, at all looks together.
 *
 * <p>For display. The bounds use the plain mixture, so next to a threshold they may differ in a digit from what the verdict
 * implies.
 */
public final class RatioBounds {
    private RatioBounds() {}

    /** Bounds on the canary's ratio of bad requests, within 0 to 1. */
    public static ConfidenceInterval ratio(SloLimits limits, double alpha, double beta, List<ArmCounts> windows) {
        return ConfidenceSequence.ratio(windows, limits::worseThan, alpha, limits::betterThan, beta);
    }

    /**
     * Bounds on the canary's ratio of bad requests divided by the baseline's, within 1e-9 to 1e9. They are about that quotient
     * alone, in the forms of the limits but without their margins.
     */
    public static ConfidenceInterval relative(
            BaselineLimits limits, double alpha, double beta, List<ArmCounts> windows) {
        return ConfidenceSequence.relative(
                windows, factor -> limits.worseThan(factor, 0), alpha, factor -> limits.betterThan(factor, 0), beta);
    }
}
