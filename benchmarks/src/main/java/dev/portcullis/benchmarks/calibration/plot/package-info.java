/** Plots as SVG. */
@NullMarked
package dev.portcullis.benchmarks.calibration.plot;

import org.jspecify.annotations.NullMarked;
