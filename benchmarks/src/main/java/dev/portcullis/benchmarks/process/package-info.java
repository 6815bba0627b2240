/** What is measured, as processes of its own: their start, their memory and their end; and pages of metrics for them. */
@NullMarked
package dev.portcullis.benchmarks.process;

import org.jspecify.annotations.NullMarked;
