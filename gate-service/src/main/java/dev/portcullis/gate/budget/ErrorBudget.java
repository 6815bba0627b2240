package dev.portcullis.gate.budget;

import java.util.OptionalDouble;

/**
 * What is known of the error budget of one SLO.
 *
 * @param slo its name
 * @param left the part that is left: 1 all, 0 nothing, negative when more than all is spent; empty when it could not be measured
 * @param detail why it could not be measured, in one line; otherwise empty
 */
public record ErrorBudget(String slo, OptionalDouble left, String detail) {}
