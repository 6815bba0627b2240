package dev.portcullis.gate.rule.budget;

import dev.portcullis.gate.budget.ErrorBudget;
import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds promotions and deploys of a service of whose error budgets too little is left, or of which that is not known; releases with certain labels, such as fixes, pass.
 * Thread-safe.
 */
final class ErrorBudgetRule implements PromotionRule {
    private static final int DIGITS = 3;

    private final String name;
    private final double holdBelow;
    private final List<String> objectives;
    private final List<String> exceptions;
    private final ErrorBudgetMemory memory;

    /**
     * One of a policy.
     *
     * @param holdBelow the part of a budget that has to be left, 0 to 1
     * @param objectives names of the SLOs whose budgets count; empty for all of the service
     * @param exceptions labels as {@code name=value}, any of which lets a release pass
     * @param memory what is known of the budgets
     */
    ErrorBudgetRule(
            String name, double holdBelow, List<String> objectives, List<String> exceptions, ErrorBudgetMemory memory) {
        this.name = name;
        this.holdBelow = holdBelow;
        this.objectives = List.copyOf(objectives);
        this.exceptions = List.copyOf(exceptions);
        this.memory = memory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return exception(promotion).isPresent() ? Optional.empty() : shortage(promotion.service());
    }

    @Override
    public String exemption(Promotion promotion) {
        return exception(promotion)
                .flatMap(label -> shortage(promotion.service())
                        .map(hold -> "its label " + label + " is an exception; without that: " + hold.explanation()))
                .orElse("");
    }

    private Optional<String> exception(Promotion promotion) {
        return promotion.details().labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .filter(exceptions::contains)
                .findFirst();
    }

    private Optional<Decision> shortage(String service) {
        return switch (memory.of(service)) {
            case ErrorBudgetReply.Known known -> shortage(known.budgets());
            case ErrorBudgetReply.Unknown unknown ->
                Optional.of(unknown("the error budgets of the service are not known: " + unknown.detail()));
        };
    }

    private Optional<Decision> shortage(List<ErrorBudget> budgets) {
        var counting = budgets.stream()
                .filter(budget -> objectives.isEmpty() || objectives.contains(budget.slo()))
                .toList();
        return missing(counting)
                .or(() -> counting.stream()
                        .filter(budget -> budget.left().isEmpty())
                        .findFirst()
                        .map(budget ->
                                "the error budget of SLO '" + budget.slo() + "' is not known: " + budget.detail()))
                .map(this::unknown)
                .or(() -> spent(counting));
    }

    private Optional<String> missing(List<ErrorBudget> counting) {
        var found = counting.stream().map(ErrorBudget::slo).toList();
        return objectives.isEmpty()
                ? Optional.of("the service has no SLO").filter(none -> found.isEmpty())
                : objectives.stream()
                        .filter(slo -> !found.contains(slo))
                        .findFirst()
                        .map(slo -> "the service has no SLO '" + slo + "'");
    }

    private Optional<Decision> spent(List<ErrorBudget> counting) {
        var low = counting.stream()
                .filter(budget -> budget.left().orElseThrow() < holdBelow)
                .map(budget -> percent(budget.left().orElseThrow()) + " of that of SLO '" + budget.slo() + "'")
                .collect(Collectors.joining(", "));
        return low.isEmpty()
                ? Optional.empty()
                : Optional.of(Decision.hold(
                        DecisionReason.BUDGET_LOW,
                        told("too little of the error budget is left: " + low + ", and a promotion needs "
                                + percent(holdBelow))));
    }

    /** Rounded down, so that too little never reads as enough. */
    private static String percent(double left) {
        return NumberText.rounded(100 * left, DIGITS, RoundingMode.FLOOR) + " %";
    }

    private Decision unknown(String what) {
        return Decision.hold(DecisionReason.BUDGET_UNKNOWN, told(what));
    }

    private String told(String what) {
        var passing =
                exceptions.isEmpty() ? "" : "; releases with the label " + String.join(" or ", exceptions) + " pass";
        return "rule '" + name + "' of the policy holds it: " + what + passing;
    }
}
