package dev.portcullis.gate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.WatchTransition;
import dev.portcullis.gate.rule.Promotions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is decided on a release that is watched after its promotion, and what it becomes by that. */
final class WatchRulesTest {
    private static final Instant END = Promotions.NOW.plus(Duration.ofMinutes(30));
    private static final GatePolicy HOLDS_MINOR = new GatePolicy(
            "checkout",
            "checkout",
            UndecidedAction.ABORT,
            new FailActions(Map.of(Severity.MINOR, FailAction.HOLD)),
            List.of(),
            Optional.of(Duration.ofMinutes(30)),
            List.of(),
            "");

    private static Origin at(Instant time) {
        return new Origin(UUID.randomUUID(), Origin.GATE, "", "", "", "", time);
    }

    private static Release watched() {
        var release = Promotions.of(ReleaseDetails.NONE).release().orElseThrow();
        var promoted = release.decidedByPerson(
                Decision.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, "ada"),
                Optional.empty(),
                at(Promotions.NOW));
        return HOLDS_MINOR.promoted(promoted);
    }

    private static AnalysisReport said(Verdict verdict, MeasuringState measuring, Severity... failing) {
        return new AnalysisReport(
                "analyses/watch",
                1,
                verdict == Verdict.CONTINUE ? AnalysisState.RUNNING : AnalysisState.CONCLUDED,
                Judge.SEQUENTIAL,
                verdict,
                measuring,
                measuring == MeasuringState.MEASURING ? "" : "nobody answers",
                new AnalysisProgress(1, Instant.EPOCH),
                Instant.MAX,
                Set.of(TestKind.SLO),
                Set.of(failing),
                false,
                CanaryTraffic.NONE,
                Figures.NONE,
                "said",
                () -> "{}");
    }

    private static Decision decided(Release release, AnalysisReply reply, Instant now) {
        return WatchRules.decide(release, reply, HOLDS_MINOR.decide(reply, ReleaseDetails.NONE), now);
    }

    @Test
    void whatWasPromotedIsWatchedForItsTimeAndHasNoAnalysisYet() {
        var release = watched();
        assertEquals(Optional.of(END), release.watchedUntil());
        assertTrue(release.watched());
        assertEquals("", release.analysis());
        assertEquals("", release.baseline());
        assertEquals(AnalysisProgress.NEVER, release.seen());
        assertTrue(!release.analysisId("").equals(release.id()));
        assertEquals(release.analysisId(""), release.analysisId(""));
        assertTrue(!release.analysisId("").equals(release.analysisId("analyses/watch")));
        assertSame(release, HOLDS_MINOR.promoted(release), "nothing is watched twice");
    }

    @ParameterizedTest
    @EnumSource(value = Verdict.class, names = "FAIL", mode = EnumSource.Mode.EXCLUDE)
    void nothingButAFailChangesAnythingBeforeTheEnd(Verdict verdict) {
        var release = watched();
        for (var measuring : MeasuringState.values()) {
            assertSame(release.latest().orElseThrow(), decided(release, said(verdict, measuring), END.minusNanos(1)));
        }
        assertSame(
                release.latest().orElseThrow(),
                decided(release, new AnalysisReply.Unavailable("refused"), Promotions.NOW));
    }

    @Test
    void aFailAbortsOrWaitsForAPersonAsThePolicySays() {
        var release = watched();
        var fail = said(Verdict.FAIL, MeasuringState.MEASURING, Severity.CRITICAL);
        var abort = decided(release, fail, END.plusSeconds(9));
        assertEquals(Outcome.ABORT, abort.outcome());
        assertEquals(List.of(DecisionReason.FAILED_AFTER_PROMOTION, DecisionReason.SLO_VIOLATED), abort.reasons());
        assertEquals("the version failed after it was promoted: said", abort.explanation());
        var aborted = new WatchTransition(release, fail, abort).applied(at(END)).orElseThrow();
        assertEquals(ReleaseState.ABORTED, aborted.state());
        assertEquals("s1", aborted.order().orElseThrow().to());

        var minor = said(Verdict.FAIL, MeasuringState.MEASURING, Severity.MINOR);
        var held = decided(release, minor, Promotions.NOW);
        assertEquals(
                List.of(
                        DecisionReason.FAILED_AFTER_PROMOTION,
                        DecisionReason.FAIL_NEEDS_PERSON,
                        DecisionReason.SLO_VIOLATED),
                held.reasons());
        var waiting = new WatchTransition(release, minor, held)
                .applied(at(Promotions.NOW))
                .orElseThrow();
        assertEquals(ReleaseState.OPEN, waiting.state());
        assertSame(
                waiting.latest().orElseThrow(),
                decided(waiting, new AnalysisReply.Unavailable("refused"), END.plusSeconds(9)),
                "what has failed does not end well because its time is over");
    }

    @Test
    void whenTheTimeIsOverItHasEndedWellAlsoWhenNothingCouldBeMeasured() {
        var release = watched();
        var blind = said(Verdict.CONTINUE, MeasuringState.UNREACHABLE);
        var over = decided(release, blind, END);
        assertEquals(Outcome.PROMOTE, over.outcome());
        assertEquals(List.of(DecisionReason.PROMOTION_WATCHED), over.reasons());
        assertEquals(
                "it was watched after its promotion until 2027-03-01T12:30:00Z, and did not fail (nobody answers): said",
                over.explanation());
        assertEquals(
                ReleaseState.PROMOTED,
                new WatchTransition(release, blind, over)
                        .applied(at(END))
                        .orElseThrow()
                        .state());
        var away = decided(release, new AnalysisReply.Unavailable("refused"), END);
        assertTrue(
                away.explanation().endsWith("; analysis-service could not be asked in the end (refused)"),
                away.explanation());
    }

    @Test
    void theNameOfItsAnalysisIsKeptAndNothingElseIsNews() {
        var release = watched();
        var latest = release.latest().orElseThrow();
        var running = said(Verdict.CONTINUE, MeasuringState.MEASURING);
        assertTrue(new WatchTransition(release, running, latest).changes());
        var named = new WatchTransition(release, running, latest)
                .applied(at(Promotions.NOW))
                .orElseThrow();
        assertEquals("analyses/watch", named.analysis());
        assertSame(latest, named.latest().orElseThrow());
        assertEquals(Optional.empty(), new WatchTransition(named, running, latest).applied(at(Promotions.NOW)));
    }
}
