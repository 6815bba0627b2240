/** How many decisions a second the gate gives, and how fast, beside an endpoint that decides nothing. */
@NullMarked
package dev.portcullis.benchmarks.gate;

import org.jspecify.annotations.NullMarked;
