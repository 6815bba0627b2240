/** The rule that enough of a service's error budget has to be left. */
@NullMarked
package dev.portcullis.gate.rule.budget;

import org.jspecify.annotations.NullMarked;
