/** Load over HTTP, by clients in a loop, by a schedule or by callers that wait, and what came back. */
@NullMarked
package dev.portcullis.benchmarks.load;

import org.jspecify.annotations.NullMarked;
