package dev.portcullis.gate.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.policy.DecisionRules;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.UndecidedAction;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ReleaseTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Release opened() {
        var key = new ReleaseKey("checkout", "shop", "checkout", "c1", "7");
        var start = new ReleaseStart(UUID.randomUUID(), key, 1, false, "s1", "", NOW);
        return new Release(
                start,
                1,
                ReleaseState.OPEN,
                "",
                AnalysisProgress.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
    }

    private static Origin origin() {
        return new Origin(UUID.randomUUID(), Origin.GATE, "", "", "", "00-ab-cd-01", NOW);
    }

    private static AnalysisReply found(AnalysisState state, Verdict verdict, int windows, int changed) {
        return new AnalysisReport(
                "analyses/1",
                0,
                state,
                Judge.SEQUENTIAL,
                verdict,
                MeasuringState.MEASURING,
                "",
                new AnalysisProgress(windows, Instant.ofEpochSecond(changed)),
                Instant.MAX,
                Set.of(),
                Set.of(),
                false,
                CanaryTraffic.NONE,
                Figures.NONE,
                "",
                () -> "{}");
    }

    private static AnalysisReply found(Verdict verdict, int windows, int changed) {
        return found(AnalysisState.RUNNING, verdict, windows, changed);
    }

    private static AnalysisReply unavailable() {
        return new AnalysisReply.Unavailable("refused");
    }

    private static boolean learns(Release release, AnalysisReply reply) {
        return release.learnsFrom(reply, DecisionRules.decide(reply, UndecidedAction.HOLD, FailActions.ABORT));
    }

    private static Optional<Release> heard(Release release, AnalysisReply reply) {
        return release.heard(reply, DecisionRules.decide(reply, UndecidedAction.HOLD, FailActions.ABORT), origin());
    }

    private static Release after(Release before, AnalysisReply reply) {
        return heard(before, reply).orElseThrow();
    }

    @Test
    void theFirstFindingNamesTheAnalysisAndIsDecided() {
        var release = after(opened(), found(Verdict.CONTINUE, 0, 1));
        assertEquals("analyses/1", release.analysis());
        assertEquals(new AnalysisProgress(0, Instant.ofEpochSecond(1)), release.seen());
        assertEquals(Outcome.HOLD, release.latest().orElseThrow().outcome());
        assertTrue(release.open());
    }

    @Test
    void theSameWindowWithTheSameVerdictTeachesNothing() {
        var release = after(opened(), found(Verdict.CONTINUE, 2, 5));
        assertFalse(learns(release, found(Verdict.CONTINUE, 2, 6)));
        assertTrue(heard(release, found(Verdict.CONTINUE, 2, 6)).isEmpty());
        assertTrue(learns(release, found(Verdict.CONTINUE, 3, 7)));
    }

    @Test
    void whatIsOlderThanWhatWasSeenIsIgnoredUnlessItIsAFail() {
        var release = after(opened(), found(Verdict.PASS, 4, 9));
        assertFalse(learns(release, found(Verdict.CONTINUE, 3, 8)));
        assertFalse(learns(release, found(Verdict.CONTINUE, 4, 8)));
        assertTrue(learns(release, found(Verdict.FAIL, 3, 8)));
        assertTrue(learns(release, unavailable()));
    }

    @Test
    void aWindowThatSaysTheSameConfirmsTheDecisionAndIsNone() {
        var release = after(opened(), found(Verdict.CONTINUE, 2, 5));
        var later = after(release, found(Verdict.CONTINUE, 3, 7));
        assertEquals(Optional.empty(), later.decidedSince(release));
        assertEquals(release.latest(), later.latest(), "what is on record stays as it is");
        assertEquals(3, later.current().orElseThrow().windows());
        assertEquals(new AnalysisProgress(3, Instant.ofEpochSecond(7)), later.seen());
        assertFalse(learns(later, found(Verdict.CONTINUE, 3, 8)));
        assertFalse(learns(later, found(Verdict.CONTINUE, 2, 9)), "older windows than those on record");
    }

    @Test
    void aTurnIsADecisionOfItsOwn() {
        var release = after(after(opened(), found(Verdict.CONTINUE, 2, 5)), found(Verdict.CONTINUE, 3, 7));
        var passed = after(release, found(Verdict.PASS, 4, 9));
        assertTrue(passed.decidedSince(release).isPresent());
        assertEquals(4, passed.latest().orElseThrow().windows());
        assertEquals(Optional.empty(), passed.confirmation());
    }

    @Test
    void theLastDecisionRestsOnTheLastWindows() {
        var promoted = after(opened(), found(Verdict.PASS, 4, 9));
        var confirmed = after(promoted, found(Verdict.PASS, 5, 10));
        var ended = after(confirmed, found(AnalysisState.CONCLUDED, Verdict.PASS, 5, 11));
        assertEquals(ReleaseState.PROMOTED, ended.state());
        assertEquals(5, ended.decidedSince(confirmed).orElseThrow().windows());
        assertEquals(Optional.empty(), ended.confirmation());
    }

    @Test
    void aPersonsDecisionRestsOnTheAnalysisThatIsOnRecord() {
        var release = after(after(opened(), found(Verdict.CONTINUE, 2, 5)), found(Verdict.CONTINUE, 3, 7));
        var decided = Decision.of(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, "a person decided");
        var change = release.decidedByPerson(decided, Optional.empty(), origin());
        assertEquals(2, change.latest().orElseThrow().windows());
        assertEquals(Optional.empty(), change.confirmation());

        var told =
                release.decidedByPerson(decided, found(Verdict.CONTINUE, 4, 9).report(), origin());
        assertEquals(4, told.latest().orElseThrow().windows());
        assertEquals(Optional.of("{}"), told.latest().orElseThrow().analysis());
        var old = release.decidedByPerson(decided, found(Verdict.CONTINUE, 2, 6).report(), origin());
        assertEquals(Optional.empty(), old.latest().orElseThrow().analysis(), "older than what is on record");
    }

    @Test
    void anOutageKeepsWhatWasSeenOfTheAnalysis() {
        var seen = after(opened(), found(Verdict.CONTINUE, 2, 5));
        var away = after(seen, unavailable());
        assertEquals(seen.seen(), away.seen());
        assertEquals("analyses/1", away.analysis());
        assertFalse(learns(away, unavailable()));
        assertTrue(learns(away, found(Verdict.CONTINUE, 2, 5)));
    }

    @Test
    void aPassLeavesItOpenUntilTheAnalysisHasEnded() {
        var promoted = after(opened(), found(Verdict.PASS, 4, 9));
        assertEquals(ReleaseState.OPEN, promoted.state());

        var last = heard(promoted, found(AnalysisState.CONCLUDED, Verdict.PASS, 4, 10))
                .orElseThrow();
        assertEquals(ReleaseState.PROMOTED, last.state());
        assertEquals(Optional.empty(), last.decidedSince(promoted), "it says nothing new, it only ends");
        assertEquals(Optional.of(NOW), last.ended());
        assertFalse(learns(last, found(Verdict.FAIL, 5, 11)));
    }

    @Test
    void aFailEndsItAndOrdersARollbackUnderTheDecisionsId() {
        var promoted = after(opened(), found(Verdict.PASS, 4, 9));
        var change = heard(promoted, found(AnalysisState.CONCLUDED, Verdict.FAIL, 5, 10))
                .orElseThrow();
        assertEquals(ReleaseState.ABORTED, change.state());
        var order = change.order().orElseThrow();
        assertEquals(change.latest().orElseThrow().id(), order.decisionId());
        assertEquals("c1", order.from());
        assertEquals("s1", order.to());
        assertEquals("00-ab-cd-01", order.traceparent());
        assertTrue(heard(change, found(Verdict.PASS, 9, 99)).isEmpty());
    }

    @Test
    void aPersonsDecisionEndsItOnce() {
        var release = after(opened(), found(Verdict.CONTINUE, 4, 9));
        var decided = Decision.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, "a person decided");
        var change = release.decidedByPerson(decided, Optional.empty(), origin());
        assertEquals(ReleaseState.PROMOTED, change.state());
        assertTrue(change.order().isEmpty());
        assertEquals(
                Optional.of(Verdict.CONTINUE), change.latest().orElseThrow().verdict());
        var e = assertThrows(
                ReleaseEndedException.class, () -> change.decidedByPerson(decided, Optional.empty(), origin()));
        assertEquals(ReleaseState.PROMOTED, e.state());
    }

    @Test
    void keysDifferInEveryFieldAndNotByWhereFieldsEnd() {
        var digests = Set.of(
                new ReleaseKey("a", "b", "c", "d", "e").digest(),
                new ReleaseKey("ab", "", "c", "d", "e").digest(),
                new ReleaseKey("a", "b", "c", "de", "").digest(),
                new ReleaseKey("a", "b", "c", "", "de").digest(),
                new ReleaseKey("", "a", "b", "c", "de").digest());
        assertEquals(5, digests.size());
        assertEquals(
                new ReleaseKey("a", "b", "c", "d", "e").digest(), new ReleaseKey("a", "b", "c", "d", "e").digest());
    }

    @Test
    void namesAreTakenApartFromTheirEnd() {
        var id = UUID.randomUUID();
        var decision = UUID.randomUUID();
        var name = ResourceName.ofDecision("services/a/releases/b/releases/" + id + "/decisions/" + decision)
                .orElseThrow();
        assertEquals("a/releases/b", name.service());
        assertEquals(id, name.release());
        assertEquals(Optional.of(decision), name.decision());
        assertTrue(ResourceName.ofRelease("services/a/releases/" + id + "/").isEmpty());
        assertTrue(ResourceName.ofRelease("services//releases/" + id).isEmpty());
    }

    @Test
    void whatTheControllerEndedIsOnRecordWithoutARollback() {
        var taken = Decision.of(Outcome.ABORT, DecisionReason.ABORTED_BY_CONTROLLER, "taken back");
        var change =
                opened().endedByController(taken, Optional.empty(), origin()).orElseThrow();
        assertEquals(ReleaseState.ABORTED, change.state());
        assertEquals(Optional.empty(), change.order());
        assertEquals(Optional.of(NOW), change.ended());
        assertEquals(
                Optional.empty(), change.endedByController(taken, Optional.empty(), origin()), "an end is for good");
        var given = Decision.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_CONTROLLER, "given to all");
        assertEquals(
                ReleaseState.PROMOTED,
                opened().endedByController(given, Optional.empty(), origin())
                        .orElseThrow()
                        .state());
        var left = Decision.hold(DecisionReason.RELEASE_SUPERSEDED, "went on");
        assertEquals(
                ReleaseState.SUPERSEDED,
                opened().endedByController(left, Optional.empty(), origin())
                        .orElseThrow()
                        .state());
    }
}
