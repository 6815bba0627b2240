/** Figures, and why there are none, as text. */
@NullMarked
package dev.portcullis.benchmarks.report;

import org.jspecify.annotations.NullMarked;
