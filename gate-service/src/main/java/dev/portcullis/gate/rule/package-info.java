/** What may hold a promotion that the evidence allows, a class for each rule. */
@NullMarked
package dev.portcullis.gate.rule;

import org.jspecify.annotations.NullMarked;
