/** The rule that somebody else's server has to agree, such as one with policies of the Open Policy Agent. */
@NullMarked
package dev.portcullis.gate.rule.webhook;

import org.jspecify.annotations.NullMarked;
