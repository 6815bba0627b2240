package dev.portcullis.analysis.judge;

import org.jspecify.annotations.Nullable;

/**
 * One objective under judgement.
 *
 * @param name what people call it, e.g. "checkout-availability"; not blank
 * @param weight its share of the false FAILs, 0 or more, before normalisation; split half and half between its two tests,
 *     or all to the one test it has. 0 means shown but never gating: it causes neither FAIL nor PASS.
 * @param slo limits of its own; null for none
 * @param baseline limits drawn from the baseline; null for none. One of the two is there at least.
 */
public record ObjectivePlan(
        String name,
        double weight,
        @Nullable SloLimits slo,
        @Nullable BaselineLimits baseline) {
    /**
     * Refuses an objective that cannot be judged.
     *
     * @throws InvalidPlanException naming {@code name}, {@code weight} or {@code slo}
     */
    public ObjectivePlan {
        if (name.isBlank()) {
            throw new InvalidPlanException("name", "\"" + name + "\"", "a name that is not blank");
        }
        LegalRange.between(0, 1e9).check("weight", weight);
        if (slo == null && baseline == null) {
            throw new InvalidPlanException("slo", "missing", "given, or baseline must be, for " + name);
        }
    }

    boolean gating() {
        return weight > 0;
    }
}
