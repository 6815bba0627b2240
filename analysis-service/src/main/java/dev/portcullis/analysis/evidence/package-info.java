/** What was counted: requests of the canary and of the baseline, and how many of them were bad. */
@NullMarked
package dev.portcullis.analysis.evidence;

import org.jspecify.annotations.NullMarked;
