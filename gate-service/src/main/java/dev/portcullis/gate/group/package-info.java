/** Releases of several services that are one change: promoted together, and aborted together. */
@NullMarked
package dev.portcullis.gate.group;

import org.jspecify.annotations.NullMarked;
