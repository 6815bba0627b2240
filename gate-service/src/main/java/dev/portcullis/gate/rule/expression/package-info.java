/** The rule that an expression of the policy has to be true. */
@NullMarked
package dev.portcullis.gate.rule.expression;

import org.jspecify.annotations.NullMarked;
