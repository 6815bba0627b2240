/** The sections of docs/calibration.md, one class each. */
@NullMarked
package dev.portcullis.benchmarks.calibration.section;

import org.jspecify.annotations.NullMarked;
