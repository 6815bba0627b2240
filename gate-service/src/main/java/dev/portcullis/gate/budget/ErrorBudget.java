package dev.portcullis.gate.budget;

import java.util.OptionalDouble;

/**
 * What is known of the error budget of one SLO.
 *
 * @param slo its name
 * @param left the part that is left: 1 all, 0 nothing, negative when more than all is spent; empty when it could not be measured
 * @param detail why it could not be measured, in one line; otherwise empty
 * @param burning how fast it burns, when that is so fast that somebody is called; otherwise empty
 */
public record ErrorBudget(String slo, OptionalDouble left, String detail, String burning) {
    /** One that does not burn so fast. */
    public ErrorBudget(String slo, OptionalDouble left, String detail) {
        this(slo, left, detail, "");
    }
}
