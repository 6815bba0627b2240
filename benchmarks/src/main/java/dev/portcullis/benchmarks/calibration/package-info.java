/** How often the judge errs and how fast it is, simulated. */
@NullMarked
package dev.portcullis.benchmarks.calibration;

import org.jspecify.annotations.NullMarked;
