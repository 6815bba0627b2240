/** The rule that people have to approve a release before it is promoted. */
@NullMarked
package dev.portcullis.gate.rule.approval;

import org.jspecify.annotations.NullMarked;
