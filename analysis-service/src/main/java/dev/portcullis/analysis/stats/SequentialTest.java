package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;

/**
 * A test that may be looked at after every window without losing its error bound.
 *
 * <p>Under the hypothesis it speaks against, the chance that its e-value ever reaches {@code 1/alpha} is at most
 * {@code alpha}. A pure function of the folded windows. Not thread-safe.
 */
public final class SequentialTest {
    private final Increment increment;
    private final Mixture mixture;
    private final double[] increments = new double[Grid.SIZE];

    /**
     * A test that has seen nothing.
     *
     * @param plannedWindows windows over which the start of a regression is spread, 0 or more; 0 for the plain mixture,
     *     which is what PASS sides and confidence sequences use
     */
    public SequentialTest(Increment increment, int plannedWindows) {
        this.increment = increment;
        this.mixture = new Mixture(plannedWindows);
    }

    /** Takes in the next window. */
    public void fold(ArmCounts window) {
        increment.of(window, increments);
        mixture.fold(increments);
    }

    /**
     * The natural logarithm of the e-value, 0 before the first window. May exceed 709, so do not exponentiate it without
     * a cap.
     */
    public double logEvidence() {
        return mixture.logEvidence();
    }

    /** A number that {@link #logEvidence} does not exceed; cheap. */
    public double ceiling() {
        return mixture.ceiling();
    }
}
