/** The trace of the work under way, as the domain needs it. */
@NullMarked
package dev.portcullis.gate.trace;

import org.jspecify.annotations.NullMarked;
