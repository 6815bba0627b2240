package dev.portcullis.gate.decision;

import java.util.List;

/**
 * What is to be done and why, before anybody recorded it.
 *
 * @param outcome what to do
 * @param reasons why, most important first; never empty
 * @param explanation one or two sentences for an engineer
 */
public record Ruling(Outcome outcome, List<DecisionReason> reasons, String explanation) {
    public Ruling {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException(outcome + " without a reason");
        }
    }

    public static Ruling of(Outcome outcome, DecisionReason reason, String explanation) {
        return new Ruling(outcome, List.of(reason), explanation);
    }

    public static Ruling hold(DecisionReason reason, String explanation) {
        return of(Outcome.HOLD, reason, explanation);
    }
}
