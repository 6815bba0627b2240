/** The rule that the canary has to get the share of the requests that it was meant to get. */
@NullMarked
package dev.portcullis.gate.rule.traffic;

import org.jspecify.annotations.NullMarked;
