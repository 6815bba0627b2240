package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import java.util.Optional;

/**
 * A rule that a question has added and that this version cannot read. It holds every promotion, since nobody knows what it would have let go.
 *
 * @param why it cannot be read
 */
public record UnreadableRule(String name, String why) implements PromotionRule {
    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return Optional.of(Decision.hold(
                DecisionReason.RULE_ERROR, RuleName.told(name) + " cannot be read by this version: " + why));
    }
}
