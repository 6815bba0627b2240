package dev.portcullis.analysis.judge;

import org.jspecify.annotations.Nullable;

/**
 * One objective under judgement.
 *
 * @param name what people call it, e.g. "checkout-availability"; not blank
 * @param weight its share of the false FAILs, 0 or more, before normalisation. 0 means shown but never gating: it causes
 *     neither FAIL nor PASS.
 * @param sloShare how much of the weight the test against {@code slo} has beside the one against {@code baseline}, 0 to 1;
 *     with only one of them there it has all. 0 means that a breach of the fixed limits alone never fails a canary, although
 *     it keeps it from passing.
 * @param cuts which cuts of its observations the tests look at
 * @param slo limits of its own; null for none
 * @param baseline limits drawn from the baseline; null for none. One of the two is there at least.
 * @param unlessShared whether a breach of {@code slo} that the baseline shows as well is held and does not fail the canary, see
 *     {@link SharedBreach}; without a baseline, and while it serves nothing, it makes no difference
 */
public record ObjectivePlan(
        String name,
        double weight,
        double sloShare,
        Cuts cuts,
        @Nullable SloLimits slo,
        @Nullable BaselineLimits baseline,
        boolean unlessShared) {
    /** Half of the weight on either test, unless told otherwise. */
    public static final double HALF = 0.5;

    /**
     * Refuses an objective that cannot be judged.
     *
     * @throws InvalidPlanException naming {@code name}, {@code weight}, {@code slo_share}, {@code slo} or {@code slo.fail_form}
     */
    public ObjectivePlan {
        if (name.isBlank()) {
            throw new InvalidPlanException("name", "\"" + name + "\"", "a name that is not blank");
        }
        LegalRange.between(0, 1e9).check("weight", weight);
        LegalRange.between(0, 1).check("slo_share", sloShare);
        if (slo == null && baseline == null) {
            throw new InvalidPlanException("slo", "missing", "given, or baseline must be, for " + name);
        }
        if (unlessShared && slo != null && slo.failForm() != Form.VOTE) {
            throw new InvalidPlanException(
                    "slo.fail_form", slo.failForm(), "VOTE where a breach that the baseline shares is held");
        }
    }

    /** An objective that fails a canary for a breach of {@code slo} whatever the baseline shows. */
    public ObjectivePlan(
            String name,
            double weight,
            double sloShare,
            Cuts cuts,
            @Nullable SloLimits slo,
            @Nullable BaselineLimits baseline) {
        this(name, weight, sloShare, cuts, slo, baseline, false);
    }

    /** An objective with a single cut whose weight is split half and half between its tests. */
    public ObjectivePlan(String name, double weight, @Nullable SloLimits slo, @Nullable BaselineLimits baseline) {
        this(name, weight, HALF, Cuts.ONE, slo, baseline);
    }

    /** The same, but a breach of {@code slo} that the baseline shares does not fail the canary. */
    public ObjectivePlan failingUnlessShared() {
        return new ObjectivePlan(name, weight, sloShare, cuts, slo, baseline, true);
    }

    boolean gating() {
        return weight > 0;
    }
}
