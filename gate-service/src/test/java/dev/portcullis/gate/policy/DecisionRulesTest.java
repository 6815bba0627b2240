package dev.portcullis.gate.policy;

import static dev.portcullis.gate.decision.Outcome.ABORT;
import static dev.portcullis.gate.decision.Outcome.HOLD;
import static dev.portcullis.gate.decision.Outcome.PROMOTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.CanaryTraffic;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DecisionRulesTest {
    private static AnalysisReply heard(
            AnalysisState state, Verdict verdict, MeasuringState measuring, TestKind... culprits) {
        return heard(state, Judge.SEQUENTIAL, verdict, measuring, culprits);
    }

    private static AnalysisReply heard(
            AnalysisState state, Judge judge, Verdict verdict, MeasuringState measuring, TestKind... culprits) {
        return heard(state, judge, verdict, measuring, Set.of(), culprits);
    }

    private static AnalysisReply heard(
            AnalysisState state,
            Judge judge,
            Verdict verdict,
            MeasuringState measuring,
            Set<Severity> failing,
            TestKind... culprits) {
        return new AnalysisReport(
                "analyses/1",
                0,
                state,
                judge,
                verdict,
                measuring,
                measuring == MeasuringState.MEASURING ? "" : "why not",
                new AnalysisProgress(3, Instant.EPOCH),
                Instant.MAX,
                Set.of(culprits),
                failing,
                false,
                new CanaryTraffic(measuring != MeasuringState.NO_DATA, Duration.ZERO),
                Figures.NONE,
                "said by analysis",
                () -> "{}");
    }

    @Test
    void whatCannotBeMeasuredNowIsNotToldAsTheReasonOfAnAbort() {
        var abort = DecisionRules.decide(
                heard(AnalysisState.CONCLUDED, Verdict.FAIL, MeasuringState.UNREACHABLE),
                UndecidedAction.HOLD,
                FailActions.ABORT);
        assertEquals("said by analysis", abort.explanation());
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row("PASS", "MEASURING", "HOLD", PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS),
                row("PASS", "NO_DATA", "PROMOTE_WITHOUT_PROOF", HOLD, DecisionReason.NO_DATA),
                row("PASS", "UNREACHABLE", "PROMOTE_WITHOUT_PROOF", HOLD, DecisionReason.METRICS_UNREACHABLE),
                row("FAIL", "MEASURING", "HOLD", ABORT, DecisionReason.COMBINED_EVIDENCE),
                row("FAIL", "NO_DATA", "HOLD", ABORT, DecisionReason.COMBINED_EVIDENCE),
                row("FAIL", "UNREACHABLE", "PROMOTE_WITHOUT_PROOF", ABORT, DecisionReason.COMBINED_EVIDENCE),
                row("CONTINUE", "MEASURING", "ABORT", HOLD, DecisionReason.NOT_ENOUGH_EVIDENCE),
                row("CONTINUE", "NO_DATA", "ABORT", HOLD, DecisionReason.NO_DATA),
                row("CONTINUE", "UNREACHABLE", "ABORT", HOLD, DecisionReason.METRICS_UNREACHABLE),
                row("INCONCLUSIVE", "MEASURING", "HOLD", HOLD, DecisionReason.DEADLINE_UNDECIDED),
                row("INCONCLUSIVE", "MEASURING", "ABORT", ABORT, DecisionReason.DEADLINE_UNDECIDED),
                row(
                        "INCONCLUSIVE",
                        "MEASURING",
                        "PROMOTE_WITHOUT_PROOF",
                        PROMOTE,
                        DecisionReason.PROMOTED_WITHOUT_PROOF),
                row("INCONCLUSIVE", "NO_DATA", "ABORT", HOLD, DecisionReason.RELEASE_EXPIRED, DecisionReason.NO_DATA),
                row(
                        "INCONCLUSIVE",
                        "UNREACHABLE",
                        "ABORT",
                        HOLD,
                        DecisionReason.DEADLINE_UNDECIDED,
                        DecisionReason.METRICS_UNREACHABLE),
                row(
                        "INCONCLUSIVE",
                        "NO_DATA",
                        "PROMOTE_WITHOUT_PROOF",
                        HOLD,
                        DecisionReason.RELEASE_EXPIRED,
                        DecisionReason.NO_DATA));
    }

    private static Arguments row(
            String verdict, String measuring, String undecided, Outcome outcome, DecisionReason... reasons) {
        return Arguments.of(
                Verdict.valueOf(verdict),
                MeasuringState.valueOf(measuring),
                UndecidedAction.valueOf(undecided),
                outcome,
                List.of(reasons));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aJudgementIsDecidedByTheTable(
            Verdict verdict,
            MeasuringState measuring,
            UndecidedAction undecided,
            Outcome outcome,
            List<DecisionReason> reasons) {
        var decision =
                DecisionRules.decide(heard(AnalysisState.RUNNING, verdict, measuring), undecided, FailActions.ABORT);
        assertEquals(outcome, decision.outcome());
        assertEquals(reasons, decision.reasons());
        assertTrue(decision.explanation().endsWith("said by analysis"), decision.explanation());
        var told = measuring != MeasuringState.MEASURING && verdict != Verdict.FAIL;
        assertEquals(told, decision.explanation().contains("(why not)"));
    }

    @ParameterizedTest
    @EnumSource(UndecidedAction.class)
    void whatCouldNotBeMeasuredOrAskedNeverPromotesAndAbortsOnlyOnAFail(UndecidedAction undecided) {
        for (var state : AnalysisState.values()) {
            for (var verdict : Verdict.values()) {
                for (var measuring : Set.of(MeasuringState.NO_DATA, MeasuringState.UNREACHABLE)) {
                    var outcome = DecisionRules.decide(heard(state, verdict, measuring), undecided, FailActions.ABORT)
                            .outcome();
                    assertNotEquals(PROMOTE, outcome);
                    assertEquals(verdict == Verdict.FAIL, outcome == ABORT);
                }
            }
        }
        var unavailable = DecisionRules.decide(new AnalysisReply.Unavailable("refused"), undecided, FailActions.ABORT);
        assertEquals(HOLD, unavailable.outcome());
        assertEquals(List.of(DecisionReason.ANALYSIS_UNAVAILABLE), unavailable.reasons());
        assertTrue(unavailable.explanation().contains("refused"));
        var unknown = DecisionRules.decide(new AnalysisReply.ServiceUnknown("no policy"), undecided, FailActions.ABORT);
        assertEquals(HOLD, unknown.outcome());
        assertEquals(List.of(DecisionReason.UNKNOWN_SERVICE), unknown.reasons());
        var refused = DecisionRules.decide(
                new AnalysisReply.Refused("canary: is the policy's baselinePods"), undecided, FailActions.ABORT);
        assertEquals(HOLD, refused.outcome());
        assertEquals(List.of(DecisionReason.ANALYSIS_REFUSED), refused.reasons());
        assertTrue(refused.explanation().contains("baselinePods"));
        assertFalse(refused.explanation().contains("could not be asked"));
    }

    @Test
    void aFailNamesItsCulpritsWithTheSloFirst() {
        var both =
                heard(AnalysisState.CONCLUDED, Verdict.FAIL, MeasuringState.MEASURING, TestKind.BASELINE, TestKind.SLO);
        assertEquals(
                List.of(DecisionReason.SLO_VIOLATED, DecisionReason.WORSE_THAN_BASELINE),
                DecisionRules.decide(both, UndecidedAction.HOLD, FailActions.ABORT)
                        .reasons());
        var baseline = heard(AnalysisState.CONCLUDED, Verdict.FAIL, MeasuringState.MEASURING, TestKind.BASELINE);
        assertEquals(
                List.of(DecisionReason.WORSE_THAN_BASELINE),
                DecisionRules.decide(baseline, UndecidedAction.HOLD, FailActions.ABORT)
                        .reasons());
    }

    @Test
    void aFailWaitsForAPersonWhenThePolicySaysSoOfAllThatFails() {
        var onFail = new FailActions(Map.of(Severity.MINOR, FailAction.HOLD, Severity.MAJOR, FailAction.HOLD));
        var held = DecisionRules.decide(
                failing(Severity.MAJOR, Severity.MINOR), UndecidedAction.PROMOTE_WITHOUT_PROOF, onFail);
        assertEquals(HOLD, held.outcome());
        assertEquals(List.of(DecisionReason.FAIL_NEEDS_PERSON, DecisionReason.SLO_VIOLATED), held.reasons());
        assertEquals(Optional.of(Verdict.FAIL), held.verdict());
        assertEquals(
                "the canary fails by objectives of severity major and minor alone, for which the policy says hold;"
                        + " a person must decide, and it is not measured any more: said by analysis",
                held.explanation());
        for (var failing : List.of(failing(Severity.MINOR, Severity.CRITICAL), failing())) {
            assertEquals(
                    ABORT,
                    DecisionRules.decide(failing, UndecidedAction.HOLD, onFail).outcome());
        }
    }

    private static AnalysisReply failing(Severity... severities) {
        return heard(
                AnalysisState.CONCLUDED,
                Judge.SEQUENTIAL,
                Verdict.FAIL,
                MeasuringState.MEASURING,
                Set.of(severities),
                TestKind.SLO);
    }

    @Test
    void whatNeedsNoVerdictIsPromotedUnlessSomethingSpeaksAgainstIt() {
        for (var measuring : MeasuringState.values()) {
            var skipped = skipping(heard(AnalysisState.RUNNING, Verdict.CONTINUE, measuring));
            assertEquals(PROMOTE, skipped.outcome());
            assertEquals(DecisionReason.ANALYSIS_SKIPPED, skipped.reasons().getFirst());
            assertEquals(Optional.of(Verdict.CONTINUE), skipped.verdict());
            assertTrue(skipped.explanation().endsWith("said by analysis"), skipped.explanation());
        }
        for (var stays : List.of(
                heard(AnalysisState.CONCLUDED, Verdict.FAIL, MeasuringState.MEASURING),
                heard(AnalysisState.CANCELLED, Verdict.CONTINUE, MeasuringState.MEASURING),
                heard(AnalysisState.CONCLUDED, Verdict.INCONCLUSIVE, MeasuringState.NO_DATA),
                heard(AnalysisState.RUNNING, Verdict.PASS, MeasuringState.MEASURING),
                new AnalysisReply.Unavailable("refused"),
                new AnalysisReply.Refused("canary"),
                new AnalysisReply.ServiceUnknown("no policy"))) {
            assertEquals(DecisionRules.decide(stays, UndecidedAction.HOLD, FailActions.ABORT), skipping(stays));
        }
        assertEquals(
                PROMOTE,
                skipping(heard(AnalysisState.CONCLUDED, Verdict.INCONCLUSIVE, MeasuringState.MEASURING))
                        .outcome());
    }

    private static Decision skipping(AnalysisReply reply) {
        return DecisionRules.skipping(reply, DecisionRules.decide(reply, UndecidedAction.HOLD, FailActions.ABORT));
    }

    @Test
    void whatIsRecordedOfActionsIsReadAgain() {
        var onFail = new FailActions(Map.of(Severity.MINOR, FailAction.HOLD, Severity.CRITICAL, FailAction.ABORT));
        assertEquals(Map.of("minor", "hold"), onFail.words());
        assertEquals(onFail, FailActions.of(onFail.words()));
        assertEquals(FailActions.ABORT, FailActions.of(Map.of()));
        assertThrows(IllegalArgumentException.class, () -> FailActions.of(Map.of("minor", "report")));
        assertThrows(IllegalArgumentException.class, () -> FailActions.of(Map.of("informational", "hold")));
    }

    @Test
    void aCancelledAnalysisHoldsUnlessItHadFailed() {
        for (var verdict : Set.of(Verdict.PASS, Verdict.CONTINUE, Verdict.INCONCLUSIVE)) {
            var decision = DecisionRules.decide(
                    heard(AnalysisState.CANCELLED, verdict, MeasuringState.MEASURING),
                    UndecidedAction.PROMOTE_WITHOUT_PROOF,
                    FailActions.ABORT);
            assertEquals(HOLD, decision.outcome());
            assertEquals(List.of(DecisionReason.ANALYSIS_CANCELLED), decision.reasons());
        }
        var failed = heard(AnalysisState.CANCELLED, Verdict.FAIL, MeasuringState.MEASURING);
        assertEquals(
                ABORT,
                DecisionRules.decide(failed, UndecidedAction.HOLD, FailActions.ABORT)
                        .outcome());
    }

    @Test
    void aScoreIsNotCalledEvidence() {
        // The sequential tests run beside it: what they found is no reason of this decision.
        var failed = heard(
                AnalysisState.CONCLUDED, Judge.MANN_WHITNEY, Verdict.FAIL, MeasuringState.MEASURING, TestKind.BASELINE);
        var abort = DecisionRules.decide(failed, UndecidedAction.HOLD, FailActions.ABORT);
        assertEquals(ABORT, abort.outcome());
        assertEquals(List.of(DecisionReason.SCORE_FAILED), abort.reasons());
        assertEquals("said by analysis", abort.explanation());
        var passed = heard(AnalysisState.CONCLUDED, Judge.MANN_WHITNEY, Verdict.PASS, MeasuringState.MEASURING);
        var promote = DecisionRules.decide(passed, UndecidedAction.HOLD, FailActions.ABORT);
        assertEquals(PROMOTE, promote.outcome());
        assertEquals(List.of(DecisionReason.SCORE_PASSED), promote.reasons());
        var blind = heard(AnalysisState.CONCLUDED, Judge.MANN_WHITNEY, Verdict.PASS, MeasuringState.UNREACHABLE);
        assertEquals(
                HOLD,
                DecisionRules.decide(blind, UndecidedAction.PROMOTE_WITHOUT_PROOF, FailActions.ABORT)
                        .outcome());
    }

    @Test
    void tooLittleTrafficToEverPassIsSaidBesideTheLackOfEvidence() {
        var starved = new AnalysisReport(
                "analyses/1",
                0,
                AnalysisState.RUNNING,
                Judge.SEQUENTIAL,
                Verdict.CONTINUE,
                MeasuringState.MEASURING,
                "",
                new AnalysisProgress(1, Instant.EPOCH),
                Instant.MAX,
                Set.of(),
                Set.of(),
                true,
                CanaryTraffic.NONE,
                Figures.NONE,
                "said by analysis",
                () -> "{}");
        var decision = DecisionRules.decide(starved, UndecidedAction.PROMOTE_WITHOUT_PROOF, FailActions.ABORT);
        assertEquals(HOLD, decision.outcome());
        assertEquals(
                List.of(DecisionReason.NOT_ENOUGH_EVIDENCE, DecisionReason.TOO_LITTLE_TRAFFIC), decision.reasons());
    }

    @Test
    void anExplanationWithoutWordsOfAnalysisHasNoLooseEnds() {
        var silent = new AnalysisReport(
                "analyses/1",
                0,
                AnalysisState.RUNNING,
                Judge.SEQUENTIAL,
                Verdict.CONTINUE,
                MeasuringState.MEASURING,
                "",
                AnalysisProgress.NEVER,
                Instant.MAX,
                Set.of(),
                Set.of(),
                false,
                CanaryTraffic.NONE,
                Figures.NONE,
                "",
                () -> "{}");
        var explanation = DecisionRules.decide(silent, UndecidedAction.HOLD, FailActions.ABORT)
                .explanation();
        assertFalse(explanation.endsWith(": ") || explanation.contains("()"), explanation);
    }
}
