/** What analysis-service says of a canary, as far as the gate cares, and how to ask it. */
@NullMarked
package dev.portcullis.gate.analysis;

import org.jspecify.annotations.NullMarked;
