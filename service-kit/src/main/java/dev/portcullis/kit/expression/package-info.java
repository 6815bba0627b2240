/** Expressions of CEL that are true or false, bounded in what they may cost. */
@NullMarked
package dev.portcullis.kit.expression;

import org.jspecify.annotations.NullMarked;
