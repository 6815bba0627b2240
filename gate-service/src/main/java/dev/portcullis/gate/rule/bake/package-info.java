/** The rule that a canary has to have served users for some time. */
@NullMarked
package dev.portcullis.gate.rule.bake;

import org.jspecify.annotations.NullMarked;
