package dev.portcullis.gate;

import dev.portcullis.gate.configuration.PromotionRuleReader;
import dev.portcullis.gate.rule.CalendarRule;
import dev.portcullis.gate.rule.HoldRule;
import dev.portcullis.gate.rule.bake.MinimumBakeKind;
import java.util.List;

/** The rules that a ReleasePolicy may list. */
public final class RuleWiring {
    private RuleWiring() {}

    /** The reader of these lists: a new kind of rule is a line here. */
    public static PromotionRuleReader policyRules() {
        return new PromotionRuleReader(List.of(new MinimumBakeKind()), List.of(HoldRule.NAME, CalendarRule.NAME));
    }
}
