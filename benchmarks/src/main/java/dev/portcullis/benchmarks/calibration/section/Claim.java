package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;

/**
 * A workload in which a rule must not err more often than it says.
 *
 * @param section where it was simulated
 * @param workload what was simulated
 * @param rule what decided
 * @param bound largest probability of an error, inside (0, 1)
 * @param errors how often it erred
 */
public record Claim(String section, String workload, String rule, double bound, Proportion errors) {
    /** A probability of exactly the bound would be called exceeded once in a thousand simulations. */
    private static final double CHANCE = 0.001;

    /** Whether the errors are more than chance explains. */
    public boolean exceeded() {
        return errors.chanceAbove(bound) < CHANCE;
    }

    /** One word. */
    public String verdict() {
        return exceeded() ? "exceeds" : "ok";
    }
}
