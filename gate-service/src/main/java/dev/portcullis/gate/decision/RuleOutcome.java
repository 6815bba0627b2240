package dev.portcullis.gate.decision;

/**
 * What one rule for promotions said when a decision was made.
 *
 * @param rule its name
 * @param effect what that means for the promotion
 * @param detail why, one sentence; of one that passed empty, or why it made an exception
 */
public record RuleOutcome(String rule, Effect effect, String detail) {
    /** What an outcome means for a promotion. */
    public enum Effect {
        /** The rule has nothing against it. */
        PASSED,
        /** The rule holds it. */
        HELD,
        /** The rule is on trial, and would hold it. */
        WOULD_HOLD
    }

    /** That a rule has nothing against it. */
    public static RuleOutcome passed(String rule) {
        return new RuleOutcome(rule, Effect.PASSED, "");
    }
}
