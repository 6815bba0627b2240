package dev.portcullis.gate.policy;

import static dev.portcullis.gate.decision.Outcome.ABORT;
import static dev.portcullis.gate.decision.Outcome.HOLD;
import static dev.portcullis.gate.decision.Outcome.PROMOTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.judgement.AnalysisState;
import dev.portcullis.gate.judgement.Figures;
import dev.portcullis.gate.judgement.Hearing;
import dev.portcullis.gate.judgement.Judge;
import dev.portcullis.gate.judgement.Judgement;
import dev.portcullis.gate.judgement.Measuring;
import dev.portcullis.gate.judgement.Moment;
import dev.portcullis.gate.judgement.TestKind;
import dev.portcullis.gate.judgement.Traffic;
import dev.portcullis.gate.judgement.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RulesTest {
    private static Hearing heard(AnalysisState state, Verdict verdict, Measuring measuring, TestKind... culprits) {
        return heard(state, Judge.SEQUENTIAL, verdict, measuring, culprits);
    }

    private static Hearing heard(
            AnalysisState state, Judge judge, Verdict verdict, Measuring measuring, TestKind... culprits) {
        return new Hearing.Heard(new Judgement(
                "analyses/1",
                state,
                judge,
                verdict,
                measuring,
                measuring == Measuring.MEASURING ? "" : "why not",
                new Moment(3, Instant.EPOCH),
                Set.of(culprits),
                false,
                new Traffic(measuring != Measuring.NO_DATA, Duration.ZERO),
                Figures.NONE,
                "said by analysis",
                () -> "{}"));
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row("PASS", "MEASURING", "HOLD", PROMOTE, Reason.CANARY_WITHIN_LIMITS),
                row("PASS", "NO_DATA", "PROMOTE_WITHOUT_PROOF", HOLD, Reason.NO_DATA),
                row("PASS", "UNREACHABLE", "PROMOTE_WITHOUT_PROOF", HOLD, Reason.METRICS_UNREACHABLE),
                row("FAIL", "MEASURING", "HOLD", ABORT, Reason.COMBINED_EVIDENCE),
                row("FAIL", "NO_DATA", "HOLD", ABORT, Reason.COMBINED_EVIDENCE),
                row("FAIL", "UNREACHABLE", "PROMOTE_WITHOUT_PROOF", ABORT, Reason.COMBINED_EVIDENCE),
                row("CONTINUE", "MEASURING", "ABORT", HOLD, Reason.NOT_ENOUGH_EVIDENCE),
                row("CONTINUE", "NO_DATA", "ABORT", HOLD, Reason.NO_DATA),
                row("CONTINUE", "UNREACHABLE", "ABORT", HOLD, Reason.METRICS_UNREACHABLE),
                row("INCONCLUSIVE", "MEASURING", "HOLD", HOLD, Reason.DEADLINE_UNDECIDED),
                row("INCONCLUSIVE", "MEASURING", "ABORT", ABORT, Reason.DEADLINE_UNDECIDED),
                row("INCONCLUSIVE", "MEASURING", "PROMOTE_WITHOUT_PROOF", PROMOTE, Reason.PROMOTED_WITHOUT_PROOF),
                row("INCONCLUSIVE", "NO_DATA", "ABORT", HOLD, Reason.RELEASE_EXPIRED, Reason.NO_DATA),
                row(
                        "INCONCLUSIVE",
                        "UNREACHABLE",
                        "ABORT",
                        HOLD,
                        Reason.DEADLINE_UNDECIDED,
                        Reason.METRICS_UNREACHABLE),
                row("INCONCLUSIVE", "NO_DATA", "PROMOTE_WITHOUT_PROOF", HOLD, Reason.RELEASE_EXPIRED, Reason.NO_DATA));
    }

    private static Arguments row(
            String verdict, String measuring, String undecided, Outcome outcome, Reason... reasons) {
        return Arguments.of(
                Verdict.valueOf(verdict),
                Measuring.valueOf(measuring),
                Undecided.valueOf(undecided),
                outcome,
                List.of(reasons));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aJudgementIsDecidedByTheTable(
            Verdict verdict, Measuring measuring, Undecided undecided, Outcome outcome, List<Reason> reasons) {
        var ruling = Rules.decide(heard(AnalysisState.RUNNING, verdict, measuring), undecided);
        assertEquals(outcome, ruling.outcome());
        assertEquals(reasons, ruling.reasons());
        assertTrue(ruling.explanation().endsWith("said by analysis"), ruling.explanation());
        assertEquals(measuring != Measuring.MEASURING, ruling.explanation().contains("(why not)"));
    }

    @ParameterizedTest
    @EnumSource(Undecided.class)
    void whatCouldNotBeMeasuredOrAskedNeverPromotesAndAbortsOnlyOnAFail(Undecided undecided) {
        for (var state : AnalysisState.values()) {
            for (var verdict : Verdict.values()) {
                for (var measuring : Set.of(Measuring.NO_DATA, Measuring.UNREACHABLE)) {
                    var outcome = Rules.decide(heard(state, verdict, measuring), undecided)
                            .outcome();
                    assertNotEquals(PROMOTE, outcome);
                    assertEquals(verdict == Verdict.FAIL, outcome == ABORT);
                }
            }
        }
        var unavailable = Rules.decide(new Hearing.Unavailable("refused"), undecided);
        assertEquals(HOLD, unavailable.outcome());
        assertEquals(List.of(Reason.ANALYSIS_UNAVAILABLE), unavailable.reasons());
        assertTrue(unavailable.explanation().contains("refused"));
        var unknown = Rules.decide(new Hearing.ServiceUnknown("no policy"), undecided);
        assertEquals(HOLD, unknown.outcome());
        assertEquals(List.of(Reason.UNKNOWN_SERVICE), unknown.reasons());
        var refused = Rules.decide(new Hearing.Refused("canary: is the policy's baselinePods"), undecided);
        assertEquals(HOLD, refused.outcome());
        assertEquals(List.of(Reason.ANALYSIS_REFUSED), refused.reasons());
        assertTrue(refused.explanation().contains("baselinePods"));
        assertFalse(refused.explanation().contains("could not be asked"));
    }

    @Test
    void aFailNamesItsCulpritsWithTheSloFirst() {
        var both = heard(AnalysisState.CONCLUDED, Verdict.FAIL, Measuring.MEASURING, TestKind.BASELINE, TestKind.SLO);
        assertEquals(
                List.of(Reason.SLO_VIOLATED, Reason.WORSE_THAN_BASELINE),
                Rules.decide(both, Undecided.HOLD).reasons());
        var baseline = heard(AnalysisState.CONCLUDED, Verdict.FAIL, Measuring.MEASURING, TestKind.BASELINE);
        assertEquals(
                List.of(Reason.WORSE_THAN_BASELINE),
                Rules.decide(baseline, Undecided.HOLD).reasons());
    }

    @Test
    void aCancelledAnalysisHoldsUnlessItHadFailed() {
        for (var verdict : Set.of(Verdict.PASS, Verdict.CONTINUE, Verdict.INCONCLUSIVE)) {
            var ruling = Rules.decide(
                    heard(AnalysisState.CANCELLED, verdict, Measuring.MEASURING), Undecided.PROMOTE_WITHOUT_PROOF);
            assertEquals(HOLD, ruling.outcome());
            assertEquals(List.of(Reason.ANALYSIS_CANCELLED), ruling.reasons());
        }
        var failed = heard(AnalysisState.CANCELLED, Verdict.FAIL, Measuring.MEASURING);
        assertEquals(ABORT, Rules.decide(failed, Undecided.HOLD).outcome());
    }

    @Test
    void aScoreIsNotCalledEvidence() {
        // The sequential tests run beside it: what they found is no reason of this decision.
        var failed = heard(
                AnalysisState.CONCLUDED, Judge.MANN_WHITNEY, Verdict.FAIL, Measuring.MEASURING, TestKind.BASELINE);
        var abort = Rules.decide(failed, Undecided.HOLD);
        assertEquals(ABORT, abort.outcome());
        assertEquals(List.of(Reason.SCORE_FAILED), abort.reasons());
        assertEquals("said by analysis", abort.explanation());
        var passed = heard(AnalysisState.CONCLUDED, Judge.MANN_WHITNEY, Verdict.PASS, Measuring.MEASURING);
        var promote = Rules.decide(passed, Undecided.HOLD);
        assertEquals(PROMOTE, promote.outcome());
        assertEquals(List.of(Reason.SCORE_PASSED), promote.reasons());
        var blind = heard(AnalysisState.CONCLUDED, Judge.MANN_WHITNEY, Verdict.PASS, Measuring.UNREACHABLE);
        assertEquals(HOLD, Rules.decide(blind, Undecided.PROMOTE_WITHOUT_PROOF).outcome());
    }

    @Test
    void tooLittleTrafficToEverPassIsSaidBesideTheLackOfEvidence() {
        var starved = new Judgement(
                "analyses/1",
                AnalysisState.RUNNING,
                Judge.SEQUENTIAL,
                Verdict.CONTINUE,
                Measuring.MEASURING,
                "",
                new Moment(1, Instant.EPOCH),
                Set.of(),
                true,
                Traffic.NONE,
                Figures.NONE,
                "said by analysis",
                () -> "{}");
        var ruling = Rules.decide(new Hearing.Heard(starved), Undecided.PROMOTE_WITHOUT_PROOF);
        assertEquals(HOLD, ruling.outcome());
        assertEquals(List.of(Reason.NOT_ENOUGH_EVIDENCE, Reason.TOO_LITTLE_TRAFFIC), ruling.reasons());
    }

    @Test
    void anExplanationWithoutWordsOfAnalysisHasNoLooseEnds() {
        var silent = new Judgement(
                "analyses/1",
                AnalysisState.RUNNING,
                Judge.SEQUENTIAL,
                Verdict.CONTINUE,
                Measuring.MEASURING,
                "",
                Moment.NEVER,
                Set.of(),
                false,
                Traffic.NONE,
                Figures.NONE,
                "",
                () -> "{}");
        var explanation =
                Rules.decide(new Hearing.Heard(silent), Undecided.HOLD).explanation();
        assertFalse(explanation.endsWith(": ") || explanation.contains("()"), explanation);
    }
}
