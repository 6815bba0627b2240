package dev.portcullis.analysis.slo;

/**
 * How far from its SLO and from the baseline a canary may be, as multiples of the budget 1 - target.
 *
 * @param burnFail FAIL tests "at most this many times the allowed bad ratio"; default 2
 * @param burnPass PASS excludes "at least this many times the allowed bad ratio"; default 5, at least burnFail
 * @param failFactor FAIL limit = failFactor * baseline + failMargin * budget; default 1.25
 * @param failMargin default 0.25
 * @param passFactor PASS limit = passFactor * baseline + passMargin * budget; default 2, at least failFactor
 * @param passMargin default 1, at least failMargin
 */
public record CanaryLimits(
        double burnFail, double burnPass, double failFactor, double failMargin, double passFactor, double passMargin) {
    /** The defaults. */
    public static final CanaryLimits DEFAULT = new CanaryLimits(2, 5, 1.25, 0.25, 2, 1);
}
