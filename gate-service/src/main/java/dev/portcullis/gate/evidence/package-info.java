/** An analysis as people look at it: what was counted, within which bounds that leaves the truth, and how it came to that. */
@NullMarked
package dev.portcullis.gate.evidence;

import org.jspecify.annotations.NullMarked;
