package dev.portcullis.gate.rule.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.budget.ErrorBudget;
import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.ApprovalQuorum;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.Promotions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ErrorBudgetRuleTest {
    private static final ReleaseDetails FIX = ReleaseDetails.of("", "", "", "change=security,team=pay");
    private static final ReleaseDetails FEATURE = ReleaseDetails.of("", "", "", "change=feature");

    private final AtomicLong nanos = new AtomicLong();
    private final ErrorBudgetMemory memory = new ErrorBudgetMemory(nanos::get);

    private ErrorBudgetRule rule(List<String> objectives, String... exceptions) {
        return new ErrorBudgetRule(
                "budget", new BudgetLadder(0.25), objectives, List.of(exceptions), List.of(), memory);
    }

    private void left(double availability, double latency) {
        memory.heard(
                "checkout",
                new ErrorBudgetReply.Known(List.of(
                        new ErrorBudget("availability", OptionalDouble.of(availability), ""),
                        new ErrorBudget("latency", OptionalDouble.of(latency), ""))));
    }

    private static void assertHeld(DecisionReason reason, String explanation, Optional<Decision> hold) {
        assertEquals(Optional.of(Decision.hold(reason, explanation)), hold);
    }

    @Test
    void aBudgetOfWhichEnoughIsLeftHoldsNothing() {
        left(0.25, 1);

        assertEquals(Optional.empty(), rule(List.of()).hold(Promotions.of(FEATURE)));
    }

    @Test
    void aBudgetOfWhichTooLittleIsLeftHoldsAndSaysHowMuch() {
        left(0.2499, -1.5);

        assertHeld(
                DecisionReason.BUDGET_LOW,
                "rule 'budget' of the policy holds it: too little of the error budget is left: 24.9 % of that of SLO 'availability',"
                        + " -150 % of that of SLO 'latency', and a promotion needs 25 %",
                rule(List.of()).hold(Promotions.of(FEATURE)));
    }

    private ErrorBudgetRule ladder(Waiver... waivers) {
        var ladder = new BudgetLadder(0.25, Optional.of(new BudgetLadder.Approval(0.5, ApprovalQuorum.of(1))));
        return new ErrorBudgetRule("budget", ladder, List.of(), List.of("change=security"), List.of(waivers), memory);
    }

    private static Promotion approved(String... people) {
        var release =
                Promotions.of(ReleaseDetails.of("", "", "bob", "")).release().orElseThrow();
        for (var person : people) {
            release = release.approved(
                    new Approval(person, "portcullis", person, "fine", Promotions.NOW, Optional.empty(), false));
        }
        return Promotion.of(release, Promotions.NOW);
    }

    @Test
    void belowTheUpperStepAPromotionNeedsAnApprovalAndBelowTheLowerOneItHelpsNothing() {
        left(0.5, 1);
        assertEquals(Optional.empty(), ladder().hold(approved()));
        left(0.4999, 1);
        assertHeld(
                DecisionReason.BUDGET_NEEDS_APPROVAL,
                "rule 'budget' of the policy holds it: little of the error budget is left: 49.9 % of that of SLO 'availability', and below"
                        + " 50 % a promotion needs 1 approval, and none is there; releases with the label change=security pass",
                ladder().hold(approved()));
        assertEquals(Optional.empty(), ladder().hold(approved("ann")));
        assertEquals(Optional.empty(), ladder().hold(Promotions.of(FIX)));
        left(0.2, 1);
        assertEquals(
                List.of(DecisionReason.BUDGET_LOW),
                ladder().hold(approved("ann")).orElseThrow().reasons());
    }

    @Test
    void aDeployNeedsNoApprovalSinceThereIsNothingYetToApprove() {
        left(0.4, 1);

        assertEquals(Optional.empty(), ladder().hold(Promotion.ofDeploy("checkout", FEATURE, Promotions.NOW)));
    }

    @Test
    void aWaiverLetsAllPassUntilItsEndAndIsToldOnlyWhereItMatters() {
        var rule = ladder(
                new Waiver("eve", "old", Promotions.NOW),
                new Waiver("ann", "launch day", Promotions.NOW.plusSeconds(1)));
        left(0.1, 1);
        assertEquals(Optional.empty(), rule.hold(Promotions.of(FEATURE)));
        assertTrue(
                rule.exemption(Promotions.of(FEATURE))
                        .startsWith(
                                "'ann' waives it until 2027-03-01T12:00:01Z (launch day); without that: rule 'budget'"),
                rule.exemption(Promotions.of(FEATURE)));
        var over = ladder(new Waiver("ann", "launch day", Promotions.NOW));
        assertTrue(over.hold(Promotions.of(FEATURE)).isPresent());
        left(1, 1);
        assertEquals("", rule.exemption(Promotions.of(FEATURE)));
    }

    @Test
    void aDeployIsHeldAsWell() {
        left(0, 0);

        assertTrue(rule(List.of())
                .hold(Promotion.ofDeploy("checkout", FEATURE, Promotions.NOW))
                .isPresent());
    }

    @Test
    void ofNamedObjectivesThoseCountAlone() {
        left(0.1, 0.9);

        assertEquals(Optional.empty(), rule(List.of("latency")).hold(Promotions.of(FEATURE)));
        assertTrue(rule(List.of("availability")).hold(Promotions.of(FEATURE)).isPresent());
    }

    @Test
    void aLabelThatIsAnExceptionPassesWhichIsToldOnlyWhereItMatters() {
        var rule = rule(List.of(), "change=security", "change=revert");
        left(0.1, 0.9);

        assertEquals(Optional.empty(), rule.hold(Promotions.of(FIX)));
        assertEquals(
                "its label change=security is an exception; without that: rule 'budget' of the policy holds it: too little of the"
                        + " error budget is left: 10 % of that of SLO 'availability', and a promotion needs 25 %; releases with the"
                        + " label change=security or change=revert pass",
                rule.exemption(Promotions.of(FIX)));
        left(0.9, 0.9);
        assertEquals("", rule.exemption(Promotions.of(FIX)));
        assertEquals("", rule.exemption(Promotions.of(FEATURE)));
    }

    @Test
    void whatHasNotBeenReadHolds() {
        assertHeld(
                DecisionReason.BUDGET_UNKNOWN,
                "rule 'budget' of the policy holds it: the error budgets of the service are not known: it has not been read yet",
                rule(List.of()).hold(Promotions.of(FEATURE)));
    }

    @Test
    void aFaultHidesNothingThatIsFreshEnoughAndHoldsAfterThat() {
        left(0.9, 0.9);
        memory.heard("checkout", new ErrorBudgetReply.Unknown("refused"));
        nanos.addAndGet(ErrorBudgetMemory.GOOD_FOR.toNanos());
        assertEquals(Optional.empty(), rule(List.of()).hold(Promotions.of(FEATURE)));

        nanos.incrementAndGet();

        assertHeld(
                DecisionReason.BUDGET_UNKNOWN,
                "rule 'budget' of the policy holds it: the error budgets of the service are not known: refused",
                rule(List.of()).hold(Promotions.of(FEATURE)));
    }

    @Test
    void aBudgetThatCouldNotBeMeasuredHoldsUnlessItDoesNotCount() {
        memory.heard(
                "checkout",
                new ErrorBudgetReply.Known(List.of(
                        new ErrorBudget("availability", OptionalDouble.of(1), ""),
                        new ErrorBudget("latency", OptionalDouble.empty(), "NO_DATA: no request"))));

        assertHeld(
                DecisionReason.BUDGET_UNKNOWN,
                "rule 'budget' of the policy holds it: the error budget of SLO 'latency' is not known: NO_DATA: no request",
                rule(List.of()).hold(Promotions.of(FEATURE)));
        assertEquals(Optional.empty(), rule(List.of("availability")).hold(Promotions.of(FEATURE)));
    }

    @Test
    void anObjectiveThatTheServiceDoesNotHaveHolds() {
        left(1, 1);

        assertHeld(
                DecisionReason.BUDGET_UNKNOWN,
                "rule 'budget' of the policy holds it: the service has no SLO 'latencies'",
                rule(List.of("latencies")).hold(Promotions.of(FEATURE)));
    }
}
