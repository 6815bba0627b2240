/** Many seeded runs on all cores, with the same results on any number of them. */
@NullMarked
package dev.portcullis.benchmarks.calibration.simulation;

import org.jspecify.annotations.NullMarked;
