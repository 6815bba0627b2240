package dev.portcullis.gate.console.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.console.ConsoleReleases;
import dev.portcullis.gate.console.Sentences;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.release.ReleaseState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeadlineTest {
    private static Headline undecided(Decision decision) {
        return Headline.of(
                new PresentRelease(
                        ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE),
                        Optional.of(decision),
                        List.of(),
                        Optional.of(ConsoleReleases.NOW.plus(Duration.ofMinutes(12)))),
                ConsoleReleases.NOW);
    }

    private static Decision counting(Decision decision, double bad) {
        var figures = Figures.about(
                "checkout-availability",
                Figures.NONE.evidence(),
                List.of(new ObjectiveFigures(
                        "checkout-availability",
                        new Figures.Arms(18_402, 165_000),
                        new Figures.Arms(bad, 198),
                        Figures.Arms.NOTHING_COUNTED,
                        Figures.Arms.NOTHING_COUNTED)));
        return new Decision(
                decision.outcome(),
                decision.reasons(),
                decision.explanation(),
                decision.verdict(),
                decision.measuring(),
                3,
                figures,
                decision.rules(),
                decision.policy(),
                decision.analysis(),
                decision.origin());
    }

    @ParameterizedTest
    @EnumSource(DecisionReason.class)
    void everyReasonIsToldInTwoShortSentences(DecisionReason reason) {
        var text = ReasonText.of(reason);
        for (var sentence : List.of(text.why(), text.todo())) {
            assertTrue(sentence.endsWith("."), sentence);
            assertTrue(sentence.length() <= 80, sentence);
            assertFalse(sentence.contains(reason.name()), sentence);
        }
    }

    @Test
    void anUndecidedReleaseSaysUntilWhenAndWhatWasCounted() {
        var headline = undecided(counting(Decision.hold(DecisionReason.NOT_ENOUGH_EVIDENCE, "Not decided. Wait."), 76));
        assertEquals("The evidence decides nothing yet.", headline.why());
        assertEquals("76 of 18,402 canary requests bad (0.41 %); stable version 0.12 %.", headline.counted());
        assertEquals("Until the evidence decides, at the latest 1 Dec 10:42 UTC (in 12 min).", headline.until());
        assertEquals("Nothing: wait.", headline.todo());
        assertEquals(List.of("Not decided.", "Wait."), headline.explanation());
    }

    @Test
    void thatNoneWasBadIsSaidInAWord() {
        var headline = undecided(counting(Decision.hold(DecisionReason.NOT_ENOUGH_EVIDENCE, "Not decided."), 0));
        assertEquals("None of 18,402 canary requests bad; stable version 0.12 %.", headline.counted());
    }

    @Test
    void tooLittleTrafficSaysMoreThanTooLittleEvidence() {
        var decision = Decision.of(
                Outcome.HOLD,
                List.of(DecisionReason.NOT_ENOUGH_EVIDENCE, DecisionReason.TOO_LITTLE_TRAFFIC),
                "Not decided.");
        assertEquals(
                "The traffic is too little to decide in time.",
                undecided(decision).why());
    }

    @Test
    void anAbortNamesWhatFails() {
        var decision = counting(Decision.of(Outcome.ABORT, DecisionReason.SLO_VIOLATED, "Bad."), 640);
        assertEquals(
                "checkout-availability: The canary is beyond the limit of its SLO.",
                undecided(decision).why());
    }

    @Test
    void whatRulesSayIsToldInTheirWords() {
        var decision = Decision.hold(DecisionReason.APPROVAL_MISSING, "x")
                .with(List.of(
                        new RuleOutcome(
                                "two", RuleOutcome.Effect.HELD, "rule 'two' wants 2 approvals, and none is there"),
                        RuleOutcome.passed("calendar"),
                        new RuleOutcome("bake", RuleOutcome.Effect.HELD, "rule 'bake' wants 1h")));
        var headline = undecided(decision);
        assertEquals("Rule 'two' wants 2 approvals, and none is there. 1 more rule holds it too.", headline.why());
        assertEquals("Until a person decides.", headline.until());
        assertEquals("Approve it, if it is good.", headline.todo());
    }

    @Test
    void aPersonsDecisionIsToldInHisWords() {
        var decision = Decision.of(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, "a person (ann) decided: it fails")
                .recorded(
                        new Origin(new UUID(0, 9), "ann", "it fails", "", "", "", ConsoleReleases.NOW),
                        Optional.empty());
        var aborted = ConsoleReleases.of(
                "checkout", "c", "", ReleaseState.ABORTED, DecisionReason.ABORTED_BY_PERSON, "it fails");
        var headline = Headline.of(
                new PresentRelease(aborted, Optional.of(decision), List.of(), Optional.empty()), ConsoleReleases.NOW);
        assertEquals("ann aborted it: it fails.", headline.why());
        assertEquals("For good.", headline.until());
    }

    @Test
    void aPromoteSaysUntilWhenAFailOverridesIt() {
        var headline = undecided(Decision.of(Outcome.PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, "Good."));
        assertEquals("Measured until 1 Dec 10:42 UTC (in 12 min); a FAIL before then aborts it.", headline.until());
    }

    @Test
    void explanationsAreCutIntoTheirSentences() {
        assertEquals(
                List.of(
                        "Good enough after 6 s.",
                        "Checkout-availability: Canary: 0 of 36,000 requests failed (0 %); stable version: 0 of 36,000 (0 %).",
                        "It is excluded (95 % sure) that it fails more often than 2 x stable + 0.1 %, and that more fail, e.g. 0.5 %."),
                Sentences.of(
                        "Good enough after 6 s. checkout-availability: Canary: 0 of 36,000 requests failed (0 %); stable version: 0 of 36,000 (0 %). It is excluded (95 % sure) that it fails more often than 2 x stable + 0.1 %, and that more fail, e.g. 0.5 %."));
        assertEquals(List.of(), Sentences.of(" "));
    }
}
