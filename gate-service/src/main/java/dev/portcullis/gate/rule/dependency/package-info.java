/** The rule that the services that a service depends on do not burn their error budgets. */
@NullMarked
package dev.portcullis.gate.rule.dependency;

import org.jspecify.annotations.NullMarked;
