/** How long it takes to make counts of what was read. */
@NullMarked
package dev.portcullis.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
