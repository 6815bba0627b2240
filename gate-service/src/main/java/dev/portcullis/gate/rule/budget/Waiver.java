package dev.portcullis.gate.rule.budget;

import java.time.Instant;

/**
 * That somebody has a service's promotions pass for a time, whatever is left of its error budgets.
 *
 * @param by who
 * @param reason why
 * @param until to before when
 */
record Waiver(String by, String reason, Instant until) {
    boolean isActive(Instant moment) {
        return moment.isBefore(until);
    }

    String told() {
        return "'" + by + "' waives it until " + until + " (" + reason + ")";
    }
}
