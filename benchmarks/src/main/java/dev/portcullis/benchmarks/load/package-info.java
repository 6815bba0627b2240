/** Closed-loop load over HTTP, and what came back. */
@NullMarked
package dev.portcullis.benchmarks.load;

import org.jspecify.annotations.NullMarked;
