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
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.policy.DecisionRules;
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
                RollbackNote.NONE);
    }

    private static Origin origin() {
        return new Origin(UUID.randomUUID(), Origin.GATE, "", "", "", "00-ab-cd-01", NOW);
    }

    private static Review found(AnalysisState state, Verdict verdict, int windows, int changed) {
        var hearing = new AnalysisReply.Answered(new AnalysisReport(
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
                false,
                CanaryTraffic.NONE,
                Figures.NONE,
                "",
                () -> "{}"));
        return new Review(hearing, DecisionRules.decide(hearing, UndecidedAction.HOLD));
    }

    private static Review found(Verdict verdict, int windows, int changed) {
        return found(AnalysisState.RUNNING, verdict, windows, changed);
    }

    private static Review unavailable() {
        var hearing = new AnalysisReply.Unavailable("refused");
        return new Review(hearing, DecisionRules.decide(hearing, UndecidedAction.HOLD));
    }

    /** The release as the store keeps it after a change. */
    private static Release after(Release before, ReleaseChange change) {
        return new Release(
                before.start(),
                before.number(),
                change.state(),
                change.analysis(),
                change.seen(),
                change.decision().or(before::latest),
                change.served(),
                change.ended(),
                before.successor(),
                before.rollback());
    }

    private static Release after(Release before, Review review) {
        return after(before, before.heard(review, origin()).orElseThrow());
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
        assertFalse(release.learnsFrom(found(Verdict.CONTINUE, 2, 6)));
        assertTrue(release.heard(found(Verdict.CONTINUE, 2, 6), origin()).isEmpty());
        assertTrue(release.learnsFrom(found(Verdict.CONTINUE, 3, 7)));
    }

    @Test
    void whatIsOlderThanWhatWasSeenIsIgnoredUnlessItIsAFail() {
        var release = after(opened(), found(Verdict.PASS, 4, 9));
        assertFalse(release.learnsFrom(found(Verdict.CONTINUE, 3, 8)));
        assertFalse(release.learnsFrom(found(Verdict.CONTINUE, 4, 8)));
        assertTrue(release.learnsFrom(found(Verdict.FAIL, 3, 8)));
        assertTrue(release.learnsFrom(unavailable()));
    }

    @Test
    void anOutageKeepsWhatWasSeenOfTheAnalysis() {
        var seen = after(opened(), found(Verdict.CONTINUE, 2, 5));
        var away = after(seen, unavailable());
        assertEquals(seen.seen(), away.seen());
        assertEquals("analyses/1", away.analysis());
        assertFalse(away.learnsFrom(unavailable()));
        assertTrue(away.learnsFrom(found(Verdict.CONTINUE, 2, 5)));
    }

    @Test
    void aPassLeavesItOpenUntilTheAnalysisHasEnded() {
        var promoted = after(opened(), found(Verdict.PASS, 4, 9));
        assertEquals(ReleaseState.OPEN, promoted.state());

        var last = promoted.heard(found(AnalysisState.CONCLUDED, Verdict.PASS, 4, 10), origin())
                .orElseThrow();
        assertEquals(ReleaseState.PROMOTED, last.state());
        assertTrue(last.decision().isEmpty(), "it says nothing new, it only ends");
        assertEquals(Optional.of(NOW), last.ended());
        assertFalse(after(promoted, last).learnsFrom(found(Verdict.FAIL, 5, 11)));
    }

    @Test
    void aFailEndsItAndOrdersARollbackUnderTheDecisionsId() {
        var promoted = after(opened(), found(Verdict.PASS, 4, 9));
        var change = promoted.heard(found(AnalysisState.CONCLUDED, Verdict.FAIL, 5, 10), origin())
                .orElseThrow();
        assertEquals(ReleaseState.ABORTED, change.state());
        var order = change.order().orElseThrow();
        assertEquals(change.decision().orElseThrow().id(), order.decisionId());
        assertEquals("c1", order.from());
        assertEquals("s1", order.to());
        assertEquals("00-ab-cd-01", order.traceparent());
        assertTrue(after(promoted, change)
                .heard(found(Verdict.PASS, 9, 99), origin())
                .isEmpty());
    }

    @Test
    void aPersonsDecisionEndsItOnce() {
        var release = after(opened(), found(Verdict.CONTINUE, 4, 9));
        var ruling = Ruling.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, "a person decided");
        var change = release.decidedByPerson(ruling, origin());
        assertEquals(ReleaseState.PROMOTED, change.state());
        assertTrue(change.order().isEmpty());
        assertEquals(
                Optional.of(Verdict.CONTINUE),
                change.decision().orElseThrow().basis().verdict());
        var ended = after(release, change);
        var e = assertThrows(ReleaseEndedException.class, () -> ended.decidedByPerson(ruling, origin()));
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
        var taken = Ruling.of(Outcome.ABORT, DecisionReason.ABORTED_BY_CONTROLLER, "taken back");
        var change = opened().endedByController(taken, origin()).orElseThrow();
        assertEquals(ReleaseState.ABORTED, change.state());
        assertEquals(Optional.empty(), change.order());
        assertEquals(Optional.of(NOW), change.ended());
        var aborted = after(opened(), change);
        assertEquals(Optional.empty(), aborted.endedByController(taken, origin()), "an end is for good");
        var given = Ruling.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_CONTROLLER, "given to all");
        assertEquals(
                ReleaseState.PROMOTED,
                opened().endedByController(given, origin()).orElseThrow().state());
        var left = Ruling.hold(DecisionReason.RELEASE_SUPERSEDED, "went on");
        assertEquals(
                ReleaseState.SUPERSEDED,
                opened().endedByController(left, origin()).orElseThrow().state());
    }
}
