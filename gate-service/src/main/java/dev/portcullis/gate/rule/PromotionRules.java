package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.decision.RuleOutcome.Effect;
import dev.portcullis.gate.release.AddedRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All rules that may hold a promotion, in the order in which they are asked, those that questions have added last. All are asked and all that hold are told, the first one first. Thread-safe, never blocks. */
public final class PromotionRules {
    private final List<PromotionRule> always;
    private final Function<String, List<PromotionRule>> ofService;
    private final Function<AddedRule, PromotionRule> added;

    /**
     * All of them.
     *
     * @param always those that every service has
     * @param ofService gives those that a service has besides, as they are now
     * @param added gives what a rule says that a question has added, of which those of a release are asked last
     */
    public PromotionRules(
            List<PromotionRule> always,
            Function<String, List<PromotionRule>> ofService,
            Function<AddedRule, PromotionRule> added) {
        this.always = List.copyOf(always);
        this.ofService = ofService;
        this.added = added;
    }

    /** Those for releases to which no question adds any. */
    public PromotionRules(List<PromotionRule> always, Function<String, List<PromotionRule>> ofService) {
        this(always, ofService, rule -> {
            throw new IllegalStateException("nobody reads the rule " + rule.name());
        });
    }

    /**
     * A rule and what it says.
     *
     * @param hold empty when it has nothing against the promotion
     * @param exemption why that passes, where the rule would hold it otherwise
     */
    private record Answer(PromotionRule rule, Optional<Decision> hold, String exemption) {
        private static Answer of(PromotionRule rule, Promotion promotion) {
            var hold = rule.hold(promotion);
            return new Answer(rule, hold, hold.isPresent() ? "" : rule.exemption(promotion));
        }

        private boolean holds() {
            return hold.isPresent() && !rule.onTrial();
        }

        private RuleOutcome outcome() {
            return hold.map(said -> new RuleOutcome(
                            rule.name(), rule.onTrial() ? Effect.WOULD_HOLD : Effect.HELD, said.explanation()))
                    .orElseGet(() -> new RuleOutcome(rule.name(), Effect.PASSED, exemption));
        }
    }

    /**
     * A decision by the evidence as it is with the rules: a PROMOTE that some of them hold is a HOLD, with their reasons first and those of the PROMOTE behind them.
     * Any other outcome is not asked about and stays as it is.
     */
    public Decision apply(Decision byEvidence, Promotion promotion) {
        if (byEvidence.outcome() != Outcome.PROMOTE) {
            return byEvidence;
        }
        var answers = ask(promotion.on(byEvidence));
        var held = hold(answers).map(hold -> held(byEvidence, hold)).orElse(byEvidence);
        return held.with(outcomes(answers));
    }

    private static Decision held(Decision byEvidence, Decision hold) {
        var decided = Decision.of(
                        Outcome.HOLD,
                        Stream.concat(hold.reasons().stream(), byEvidence.reasons().stream())
                                .toList(),
                        hold.explanation() + "; without that it would be promoted: " + byEvidence.explanation())
                .restingOn(byEvidence);
        return byEvidence.policy().map(decided::by).orElse(decided);
    }

    /**
     * What {@link #apply} has made of a decision by the evidence, computed again from what the rules said then.
     *
     * @param said what each rule said
     * @param reasons of the decision that was made, of which those of the rules come first
     */
    public static Decision again(Decision byEvidence, List<RuleOutcome> said, List<DecisionReason> reasons) {
        var holding = said.stream()
                .filter(outcome -> outcome.effect() == Effect.HELD)
                .map(RuleOutcome::detail)
                .toList();
        var ofRules = reasons.size() - byEvidence.reasons().size();
        if (byEvidence.outcome() != Outcome.PROMOTE || holding.isEmpty() || ofRules <= 0) {
            return byEvidence.with(said);
        }
        var hold = Decision.of(Outcome.HOLD, reasons.subList(0, ofRules), together(holding));
        return held(byEvidence, hold).with(said);
    }

    /** A person's PROMOTE, which no rule holds, with what they say: behind its reasons those of the rules that would have held it, for ever. */
    public Decision override(Decision byPerson, Promotion promotion) {
        var answers = ask(promotion);
        var reasons = Stream.concat(
                        byPerson.reasons().stream(), hold(answers).stream().flatMap(hold -> hold.reasons().stream()))
                .toList();
        return Decision.of(byPerson.outcome(), reasons, byPerson.explanation()).with(outcomes(answers));
    }

    /** Why a promotion may not be: a HOLD with all their reasons; empty when no rule holds it. */
    public Optional<Decision> hold(Promotion promotion) {
        return hold(ask(promotion));
    }

    /** Of some groups those by which a rule goes that is asked about a promotion. */
    public List<String> groups(Promotion promotion, List<String> among) {
        var asked = rules(promotion).toList();
        return among.stream()
                .filter(group -> asked.stream().anyMatch(rule -> rule.goesByGroup(group)))
                .toList();
    }

    private Stream<PromotionRule> rules(Promotion promotion) {
        var ofPolicy = Stream.concat(always.stream(), ofService.apply(promotion.service()).stream());
        return Stream.concat(ofPolicy, promotion.details().rules().stream().map(added));
    }

    private List<Answer> ask(Promotion promotion) {
        return rules(promotion).map(rule -> Answer.of(rule, promotion)).toList();
    }

    private static Optional<Decision> hold(List<Answer> answers) {
        var holding = answers.stream()
                .filter(Answer::holds)
                .flatMap(answer -> answer.hold().stream())
                .toList();
        return holding.isEmpty() ? Optional.empty() : Optional.of(allOf(holding));
    }

    private static String together(List<String> explanations) {
        return String.join("; also, ", explanations);
    }

    private static Decision allOf(List<Decision> holding) {
        List<DecisionReason> reasons = holding.stream()
                .flatMap(hold -> hold.reasons().stream())
                .distinct()
                .toList();
        return Decision.of(
                Outcome.HOLD,
                reasons,
                together(holding.stream().map(Decision::explanation).toList()));
    }

    private static List<RuleOutcome> outcomes(List<Answer> answers) {
        return answers.stream().map(Answer::outcome).toList();
    }
}
