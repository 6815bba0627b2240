/** Flagger as a caller of the gate: the calls of its hooks, and which of its rollouts they are about. */
@NullMarked
package dev.portcullis.gate.flagger;

import org.jspecify.annotations.NullMarked;
