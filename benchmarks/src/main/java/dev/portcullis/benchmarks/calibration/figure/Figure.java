package dev.portcullis.benchmarks.calibration.figure;

/** A figure that was simulated. */
public sealed interface Figure permits Proportion, Quantile, Mean, ExactFigure {
    /** The figure with its Monte Carlo error. */
    String text();

    /**
     * Whether another simulation's figure is the same but for chance and rounding.
     *
     * @param standardErrors of the difference that chance is allowed, above 0
     */
    boolean agrees(ExpectedFigure other, double standardErrors);
}
