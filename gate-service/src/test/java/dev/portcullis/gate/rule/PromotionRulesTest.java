package dev.portcullis.gate.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.decision.RuleOutcome.Effect;
import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.gate.release.ReleaseDetails;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PromotionRulesTest {
    private static final Promotion PROMOTION =
            Promotion.ofDeploy("checkout", ReleaseDetails.NONE, Instant.parse("2027-01-01T00:00:00Z"));
    private static final Decision PASS =
            Decision.of(Outcome.PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, "the canary is within its limits");

    private record Rule(String name, Optional<Decision> said, boolean onTrial) implements PromotionRule {
        @Override
        public Optional<Decision> hold(Promotion promotion) {
            return said;
        }
    }

    private static PromotionRule holds(String name, DecisionReason reason) {
        return new Rule(name, Optional.of(Decision.hold(reason, name + " is closed")), false);
    }

    private static PromotionRule onTrial(String name) {
        return new Rule(name, Optional.of(Decision.hold(DecisionReason.NO_DATA, name + " is closed")), true);
    }

    private static PromotionRule passes(String name) {
        return new Rule(name, Optional.empty(), false);
    }

    private static PromotionRules rules(PromotionRule always, PromotionRule... ofService) {
        return new PromotionRules(
                List.of(always), service -> service.equals("checkout") ? List.of(ofService) : List.of());
    }

    @Test
    void everyRuleThatHoldsIsToldInOrderAndThePromotesReasonsAreBehindThem() {
        var held = rules(
                        holds("calendar", DecisionReason.PROMOTION_FROZEN),
                        passes("bake"),
                        holds("rollback", DecisionReason.ROLLBACK_RUNNING))
                .apply(PASS, PROMOTION);

        assertEquals(Outcome.HOLD, held.outcome());
        assertEquals(
                List.of(
                        DecisionReason.PROMOTION_FROZEN,
                        DecisionReason.ROLLBACK_RUNNING,
                        DecisionReason.CANARY_WITHIN_LIMITS),
                held.reasons());
        assertEquals(
                "calendar is closed; also, rollback is closed; without that it would be promoted: the canary is within its limits",
                held.explanation());
        assertEquals(
                List.of(
                        new RuleOutcome("calendar", Effect.HELD, "calendar is closed"),
                        RuleOutcome.passed("bake"),
                        new RuleOutcome("rollback", Effect.HELD, "rollback is closed")),
                held.rules());
        assertTrue(held.heldByRule());
    }

    @Test
    void aRuleOnTrialHoldsNothingAndIsRecorded() {
        var promoted = rules(onTrial("calendar")).apply(PASS, PROMOTION);

        assertEquals(Outcome.PROMOTE, promoted.outcome());
        assertEquals(PASS.reasons(), promoted.reasons());
        assertEquals(List.of(new RuleOutcome("calendar", Effect.WOULD_HOLD, "calendar is closed")), promoted.rules());
        assertFalse(promoted.heldByRule());
        assertEquals(Optional.empty(), rules(onTrial("calendar")).hold(PROMOTION));
    }

    @Test
    void whatIsNoPromoteIsNotAskedAbout() {
        var rules = rules(holds("calendar", DecisionReason.PROMOTION_FROZEN));
        for (var outcome : List.of(Outcome.HOLD, Outcome.ABORT)) {
            var decided = Decision.of(outcome, DecisionReason.DEADLINE_UNDECIDED, "decided");
            assertSame(decided, rules.apply(decided, PROMOTION));
        }
    }

    @Test
    void aPersonsPromoteIsNotHeldAndHasTheReasonsOfTheRulesForEver() {
        var byPerson = Decision.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, "a person (ada) decided: now");

        var promoted = rules(holds("calendar", DecisionReason.PROMOTION_FROZEN), onTrial("bake"))
                .override(byPerson, PROMOTION);

        assertEquals(Outcome.PROMOTE, promoted.outcome());
        assertEquals(List.of(DecisionReason.PROMOTED_BY_PERSON, DecisionReason.PROMOTION_FROZEN), promoted.reasons());
        assertEquals(
                List.of(Effect.HELD, Effect.WOULD_HOLD),
                promoted.rules().stream().map(RuleOutcome::effect).toList());
    }

    @Test
    void anotherServiceHasNotTheRulesOfThisOne() {
        var promotion = new Promotion("cart", ReleaseDetails.NONE, Optional.empty(), PROMOTION.moment());

        assertEquals(
                List.of(RuleOutcome.passed("calendar")),
                rules(passes("calendar"), holds("bake", DecisionReason.NO_DATA))
                        .apply(PASS, promotion)
                        .rules());
    }

    @Test
    void rulesThatQuestionsAddAreAskedLastAndOnlyEverHold() {
        var added = new AddedRule("question/bake", "{}");
        var promotion = Promotion.ofDeploy("checkout", ReleaseDetails.NONE.with(List.of(added)), PROMOTION.moment());
        var rules = new PromotionRules(
                List.of(passes("calendar")),
                service -> List.of(holds("bake", DecisionReason.BAKE_UNFINISHED)),
                rule -> holds(rule.name(), DecisionReason.APPROVAL_MISSING));

        var held = rules.apply(PASS, promotion);

        assertEquals(
                List.of("calendar", "bake", "question/bake"),
                held.rules().stream().map(RuleOutcome::rule).toList());
        assertEquals(
                List.of(
                        DecisionReason.BAKE_UNFINISHED,
                        DecisionReason.APPROVAL_MISSING,
                        DecisionReason.CANARY_WITHIN_LIMITS),
                held.reasons());
        assertEquals(held, PromotionRules.again(PASS, held.rules(), held.reasons()));
        var abort = Decision.of(Outcome.ABORT, DecisionReason.SLO_VIOLATED, "bad");
        assertSame(abort, rules.apply(abort, promotion));
    }
}
