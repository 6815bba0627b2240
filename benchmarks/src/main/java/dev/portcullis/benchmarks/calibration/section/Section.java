package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;

/** A part of the document that a simulation fills. */
public interface Section {
    /** Its name on the command line. */
    String name();

    /** Simulates, and hands in tables, plots, figures and claims. */
    void run(ExperimentRunner runner, Results results);
}
