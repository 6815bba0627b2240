package dev.portcullis.gate.rule.dependency;

import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;

/** The reader of {@code dependency}. Thread-safe. */
public final class DependencyKind implements PromotionRuleKind {
    private static final String SERVICES = "services";
    private static final String LEGAL = "one or more that a ReleasePolicy is for";

    private final ErrorBudgetMemory memory;

    /** @param memory which the rules ask */
    public DependencyKind(ErrorBudgetMemory memory) {
        this.memory = memory;
    }

    @Override
    public String name() {
        return "dependency";
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe(SERVICES, KeyDescription.REQUIRED, LEGAL);
        var services = settings.texts(SERVICES);
        if (services.isEmpty()) {
            settings.fault(SERVICES, settings.path(SERVICES) + " is missing or empty; legal: " + LEGAL);
        }
        return new DependencyRule(name, services, memory);
    }
}
