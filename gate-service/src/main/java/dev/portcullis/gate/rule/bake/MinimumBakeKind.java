package dev.portcullis.gate.rule.bake;

import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;

/** The reader of {@code minimumBake}. Stateless. */
public final class MinimumBakeKind implements PromotionRuleKind {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    @Override
    public String name() {
        return "minimumBake";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        return new MinimumBakeRule(name, settings.requiredDuration("for", SHORTEST, LONGEST));
    }
}
