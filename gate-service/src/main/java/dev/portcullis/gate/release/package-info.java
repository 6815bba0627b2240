/** Releases: their identity, their life, and the store that keeps them with their decisions. */
@NullMarked
package dev.portcullis.gate.release;

import org.jspecify.annotations.NullMarked;
