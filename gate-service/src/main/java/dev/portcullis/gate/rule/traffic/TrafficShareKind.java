package dev.portcullis.gate.rule.traffic;

import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.YamlMapping;

/** The reader of {@code trafficShare}. Stateless. */
public final class TrafficShareKind implements PromotionRuleKind {
    private static final double TOLERANCE = 0.5;

    @Override
    public String name() {
        return "trafficShare";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        return new TrafficShareRule(
                name,
                settings.requiredNumber("expected", 0, false, 1, false),
                settings.number("tolerance", TOLERANCE, 0, true, 1, true));
    }
}
