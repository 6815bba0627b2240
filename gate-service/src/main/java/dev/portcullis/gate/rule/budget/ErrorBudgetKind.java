package dev.portcullis.gate.rule.budget;

import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRuleKind;
import dev.portcullis.gate.rule.RuleOnTrial;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;

/** The reader of {@code errorBudget}. Thread-safe. */
public final class ErrorBudgetKind implements PromotionRuleKind {
    private static final String OBJECTIVES = "objectives";
    private static final String EXCEPTIONS = "exceptions";
    private static final String LEGAL_LABELS = "labels of releases, as change=security";
    private static final double HOLD_BELOW = 0.25;

    private final ErrorBudgetMemory memory;

    /** @param memory which the rules ask */
    public ErrorBudgetKind(ErrorBudgetMemory memory) {
        this.memory = memory;
    }

    @Override
    public String name() {
        return "errorBudget";
    }

    /** Whether a rule is of this kind. */
    public static boolean isOf(PromotionRule rule) {
        return rule instanceof RuleOnTrial tried ? isOf(tried.rule()) : rule instanceof ErrorBudgetRule;
    }

    @Override
    public PromotionRule read(String name, YamlMapping settings) {
        settings.describe(OBJECTIVES, "all of the service", "names of SLOs");
        settings.describe(EXCEPTIONS, "none", LEGAL_LABELS);
        return new ErrorBudgetRule(
                name,
                settings.number("holdBelow", HOLD_BELOW, 0, true, 1, true),
                settings.texts(OBJECTIVES),
                exceptions(settings),
                memory);
    }

    private static List<String> exceptions(YamlMapping settings) {
        var labels = settings.texts(EXCEPTIONS);
        for (var label : labels) {
            if (!label.matches("[^=,]+=[^,]+")) {
                settings.fault(EXCEPTIONS, settings.path(EXCEPTIONS) + " has '" + label + "'; legal: " + LEGAL_LABELS);
            }
        }
        return labels;
    }
}
