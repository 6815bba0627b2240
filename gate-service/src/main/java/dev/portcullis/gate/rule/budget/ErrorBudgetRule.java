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
import java.util.Collection;
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
    private final BudgetLadder ladder;
    private final List<String> objectives;
    private final List<String> exceptions;
    private final List<Waiver> waivers;
    private final ErrorBudgetMemory memory;

    /**
     * One of a policy.
     *
     * @param ladder how much of a budget has to be left for what
     * @param objectives names of the SLOs whose budgets count; empty for all of the service
     * @param exceptions labels as {@code name=value}, any of which lets a release pass
     * @param waivers any of which lets every release pass for a time
     * @param memory what is known of the budgets
     */
    ErrorBudgetRule(
            String name,
            BudgetLadder ladder,
            List<String> objectives,
            List<String> exceptions,
            List<Waiver> waivers,
            ErrorBudgetMemory memory) {
        this.name = name;
        this.ladder = ladder;
        this.objectives = List.copyOf(objectives);
        this.exceptions = List.copyOf(exceptions);
        this.waivers = List.copyOf(waivers);
        this.memory = memory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Collection<String> budgets(String service) {
        return List.of(service);
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return exception(promotion).isPresent() ? Optional.empty() : shortage(promotion);
    }

    @Override
    public String exemption(Promotion promotion) {
        return exception(promotion)
                .flatMap(why -> shortage(promotion).map(hold -> why + "; without that: " + hold.explanation()))
                .orElse("");
    }

    private Optional<String> exception(Promotion promotion) {
        return promotion.details().labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .filter(exceptions::contains)
                .findFirst()
                .map(label -> "its label " + label + " is an exception")
                .or(() -> waivers.stream()
                        .filter(waiver -> waiver.isActive(promotion.moment()))
                        .findFirst()
                        .map(Waiver::told));
    }

    private Optional<Decision> shortage(Promotion promotion) {
        return switch (memory.of(promotion.service())) {
            case ErrorBudgetReply.Known known -> shortage(known.budgets(), promotion);
            case ErrorBudgetReply.Unknown unknown ->
                Optional.of(unknown("the error budgets of the service are not known: " + unknown.detail()));
        };
    }

    private Optional<Decision> shortage(List<ErrorBudget> budgets, Promotion promotion) {
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
                .or(() -> spent(counting))
                .or(() -> unapproved(counting, promotion));
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
        var low = below(ladder.holdBelow(), counting);
        return low.isEmpty()
                ? Optional.empty()
                : Optional.of(Decision.hold(
                        DecisionReason.BUDGET_LOW,
                        told("too little of the error budget is left: " + low + ", and a promotion needs "
                                + percent(ladder.holdBelow()))));
    }

    private static String below(double limit, List<ErrorBudget> counting) {
        return counting.stream()
                .filter(budget -> budget.left().orElseThrow() < limit)
                .map(budget -> percent(budget.left().orElseThrow()) + " of that of SLO '" + budget.slo() + "'")
                .collect(Collectors.joining(", "));
    }

    /** A deploy has no release yet that could be approved. */
    private Optional<Decision> unapproved(List<ErrorBudget> counting, Promotion promotion) {
        return ladder.approval().flatMap(approval -> {
            var low = below(approval.below(), counting);
            return promotion
                    .release()
                    .filter(release -> !low.isEmpty())
                    .flatMap(release -> approval.quorum().missing(release, promotion.moment()))
                    .map(missing -> Decision.hold(
                            DecisionReason.BUDGET_NEEDS_APPROVAL,
                            told("little of the error budget is left: " + low + ", and below "
                                    + percent(approval.below()) + " a promotion needs " + missing)));
        });
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
