package dev.portcullis.benchmarks.calibration.figure;

/** A figure that was simulated. */
public sealed interface Figure permits Proportion, Quantile, Mean, Exact {
    /** Standard errors by which a figure may be off from one that another simulation found. */
    double STANDARD_ERRORS = 3.5;

    /** The figure with its Monte Carlo error. */
    String text();

    /** Whether another simulation's figure is the same but for chance and rounding. */
    boolean agrees(Expected other);
}
