/** The rule that so many releases of a group of services are in progress at once. */
@NullMarked
package dev.portcullis.gate.rule.concurrency;

import org.jspecify.annotations.NullMarked;
