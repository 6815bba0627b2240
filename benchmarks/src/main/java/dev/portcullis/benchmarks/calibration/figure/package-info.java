/** Figures with their Monte Carlo error, and their comparison with those of an independent implementation. */
@NullMarked
package dev.portcullis.benchmarks.calibration.figure;

import org.jspecify.annotations.NullMarked;
