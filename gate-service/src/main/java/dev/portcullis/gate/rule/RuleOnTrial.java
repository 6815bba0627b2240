package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import java.util.Collection;
import java.util.Optional;

/**
 * A rule whose say is recorded, and holds nothing.
 *
 * @param rule what it says
 */
public record RuleOnTrial(PromotionRule rule) implements PromotionRule {
    @Override
    public String name() {
        return rule.name();
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return rule.hold(promotion);
    }

    @Override
    public String exemption(Promotion promotion) {
        return rule.exemption(promotion);
    }

    @Override
    public Collection<String> budgets(String service) {
        return rule.budgets(service);
    }

    @Override
    public boolean goesByGroup(String group) {
        return rule.goesByGroup(group);
    }

    @Override
    public boolean onTrial() {
        return true;
    }
}
