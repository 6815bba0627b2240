package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All rules that may hold a promotion, in the order in which they are asked; the first that holds is the one that is told. Thread-safe, never blocks. */
public final class PromotionRules {
    private final List<PromotionRule> rules;

    public PromotionRules(List<PromotionRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * A decision by the evidence as it is with the rules: a PROMOTE that one of them holds is a HOLD, with the rule's reason first and those of the PROMOTE behind it.
     * Anything else stays as it is.
     */
    public Decision apply(Decision byEvidence, String service, Instant moment) {
        return byEvidence.outcome() == Outcome.PROMOTE
                ? hold(service, moment).map(hold -> held(byEvidence, hold)).orElse(byEvidence)
                : byEvidence;
    }

    /** Whether a decision is a PROMOTE that a rule holds. */
    public static boolean isHeld(Decision decision) {
        return decision.outcome() == Outcome.HOLD
                && decision.reasons().stream()
                        .anyMatch(reason -> reason.outcomes().contains(Outcome.PROMOTE));
    }

    private static Decision held(Decision byEvidence, Decision hold) {
        var reasons = Stream.concat(hold.reasons().stream(), byEvidence.reasons().stream())
                .toList();
        var explanation = hold.explanation() + "; without that it would be promoted: " + byEvidence.explanation();
        return Decision.of(Outcome.HOLD, reasons, explanation).restingOn(byEvidence);
    }

    /** Why a canary of the service may not be promoted at a moment; empty when no rule holds that. */
    public Optional<Decision> hold(String service, Instant moment) {
        return rules.stream()
                .flatMap(rule -> rule.hold(service, moment).stream())
                .findFirst();
    }

    /** Why no deploy of the service may begin at a moment; empty when no rule holds that. */
    public Optional<Decision> holdDeploy(String service, Instant moment) {
        return rules.stream()
                .flatMap(rule -> rule.holdDeploy(service, moment).stream())
                .findFirst();
    }

    /** The reason of the rule that holds promotions of a service at a moment; empty when none does. */
    public Optional<DecisionReason> reason(String service, Instant moment) {
        return hold(service, moment).map(hold -> hold.reasons().getFirst());
    }
}
