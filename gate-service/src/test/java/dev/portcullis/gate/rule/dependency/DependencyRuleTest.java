package dev.portcullis.gate.rule.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.budget.ErrorBudget;
import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.Promotions;
import dev.portcullis.gate.rule.RuleOnTrial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class DependencyRuleTest {
    private final ErrorBudgetMemory memory = new ErrorBudgetMemory(() -> 0);
    private final DependencyRule rule = new DependencyRule("upstream", List.of("ledger", "cards"), memory);

    private void burns(String service, String how) {
        memory.heard(
                service,
                new ErrorBudgetReply.Known(List.of(
                        new ErrorBudget("latency", OptionalDouble.of(1), ""),
                        new ErrorBudget("availability", OptionalDouble.of(0.1), "", how))));
    }

    @Test
    void aDependencyThatBurnsItsBudgetHoldsPromotionsAndDeploys() {
        burns("ledger", "");
        burns("cards", "burns 20 times as fast as is allowed over 1h (somebody is called above 14.4)");
        var hold = Optional.of(
                Decision.hold(
                        DecisionReason.DEPENDENCY_BURNS,
                        "rule 'upstream' of the policy holds it: it depends on service 'cards', which burns its error budget: that of SLO"
                                + " 'availability' burns 20 times as fast as is allowed over 1h (somebody is called above 14.4)"));
        assertEquals(hold, rule.hold(Promotions.of(ReleaseDetails.NONE)));
        assertEquals(hold, rule.hold(Promotion.ofDeploy("checkout", ReleaseDetails.NONE, Promotions.NOW)));
    }

    @Test
    void howMuchIsLeftIsNotItsBusiness() {
        burns("ledger", "");
        burns("cards", "");
        assertEquals(Optional.empty(), rule.hold(Promotions.of(ReleaseDetails.NONE)));
    }

    @Test
    void whatIsNotKnownHolds() {
        burns("ledger", "");
        var hold = rule.hold(Promotions.of(ReleaseDetails.NONE)).orElseThrow();
        assertEquals(List.of(DecisionReason.BUDGET_UNKNOWN), hold.reasons());
        assertTrue(hold.explanation().contains("'cards', whose error budgets are not known: it has not been read yet"));
    }

    @Test
    void theBudgetsOfTheDependenciesAreRead() {
        assertEquals(List.of("ledger", "cards"), rule.budgets("checkout"));
        assertEquals(List.of("ledger", "cards"), new RuleOnTrial(rule).budgets("checkout"));
    }
}
