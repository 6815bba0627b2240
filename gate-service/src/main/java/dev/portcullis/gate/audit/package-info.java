/** The audit log: what was done, by whom and why, and whether it is still as it was written. */
@NullMarked
package dev.portcullis.gate.audit;

import org.jspecify.annotations.NullMarked;
