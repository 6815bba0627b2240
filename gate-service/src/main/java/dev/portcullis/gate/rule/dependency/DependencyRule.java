package dev.portcullis.gate.rule.dependency;

import dev.portcullis.gate.budget.ErrorBudget;
import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds promotions and deploys while a service that this one depends on burns an error budget so fast that somebody is called, or that is not known. Thread-safe. */
final class DependencyRule implements PromotionRule {
    private final String name;
    private final List<String> services;
    private final ErrorBudgetMemory memory;

    /**
     * One of a policy.
     *
     * @param services that its service depends on
     * @param memory what is known of their budgets
     */
    DependencyRule(String name, List<String> services, ErrorBudgetMemory memory) {
        this.name = name;
        this.services = List.copyOf(services);
        this.memory = memory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Collection<String> budgets(String service) {
        return services;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return services.stream().flatMap(service -> hold(service).stream()).findFirst();
    }

    private Optional<Decision> hold(String service) {
        return switch (memory.of(service)) {
            case ErrorBudgetReply.Known known -> burning(service, known.budgets());
            case ErrorBudgetReply.Unknown unknown ->
                Optional.of(Decision.hold(
                        DecisionReason.BUDGET_UNKNOWN,
                        told(service) + ", whose error budgets are not known: " + unknown.detail()));
        };
    }

    private Optional<Decision> burning(String service, List<ErrorBudget> budgets) {
        var burning = budgets.stream()
                .filter(budget -> !budget.burning().isEmpty())
                .map(budget -> "that of SLO '" + budget.slo() + "' " + budget.burning())
                .collect(Collectors.joining(", "));
        return burning.isEmpty()
                ? Optional.empty()
                : Optional.of(Decision.hold(
                        DecisionReason.DEPENDENCY_BURNS, told(service) + ", which burns its error budget: " + burning));
    }

    private String told(String service) {
        return "rule '" + name + "' of the policy holds it: it depends on service '" + service + "'";
    }
}
