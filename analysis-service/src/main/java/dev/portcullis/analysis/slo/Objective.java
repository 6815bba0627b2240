package dev.portcullis.analysis.slo;

/**
 * One SLO of a service.
 *
 * @param name e.g. "checkout-availability"
 * @param target promised ratio of good requests, in (0, 1), e.g. 0.999
 * @param severity its weight among the objectives
 * @param indicator how good and bad are counted
 */
public record Objective(String name, double target, Severity severity, Indicator indicator) {
    public Objective {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("target: " + target + " is not in (0, 1)");
        }
    }
}
