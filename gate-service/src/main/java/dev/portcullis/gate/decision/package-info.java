/** Decisions: what to do with a release, why, and what that rests on. */
@NullMarked
package dev.portcullis.gate.decision;

import org.jspecify.annotations.NullMarked;
