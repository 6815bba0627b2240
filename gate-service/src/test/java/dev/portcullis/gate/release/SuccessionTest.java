package dev.portcullis.gate.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.portcullis.gate.policy.DecisionRules;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.UndecidedAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which of two open releases of a rollout is judged, and what ends without a verdict. */
final class SuccessionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CanaryTraffic SERVING = new CanaryTraffic(true, Duration.ofSeconds(15));
    private static final CanaryTraffic LEFT = new CanaryTraffic(true, Duration.ofMinutes(1));
    private static final Optional<Successor> FIRST = Optional.of(new Successor("services/shop/releases/2", "c2", 1));
    private static final Optional<Successor> BACK = Optional.of(new Successor("services/shop/releases/3", "c0", 2));

    private static Release open(Optional<Successor> successor, Optional<AnalysisReply> before) {
        var key = new ReleaseKey("shop", "", "", "c1", "");
        var decision = before.map(reply -> decided(reply).recorded(origin(), Optional.empty()));
        return new Release(
                new ReleaseStart(UUID.randomUUID(), key, 1, false, "s1", "", NOW),
                1,
                ReleaseState.OPEN,
                before.isPresent() ? "analyses/1" : "",
                AnalysisProgress.NEVER,
                decision,
                Optional.empty(),
                before.flatMap(AnalysisReply::report)
                        .filter(report -> report.traffic().served())
                        .map(report -> NOW),
                Optional.empty(),
                successor,
                RollbackNote.NONE);
    }

    private static Release serving(Optional<Successor> successor) {
        return open(successor, Optional.of(found(Verdict.CONTINUE, SERVING)));
    }

    private static Origin origin() {
        return new Origin(UUID.randomUUID(), Origin.GATE, "", "", "", "", NOW);
    }

    private static AnalysisReply found(Verdict verdict, CanaryTraffic traffic) {
        return found(AnalysisState.RUNNING, verdict, traffic);
    }

    private static AnalysisReply found(AnalysisState state, Verdict verdict, CanaryTraffic traffic) {
        var measuring = traffic.served() ? MeasuringState.MEASURING : MeasuringState.NO_DATA;
        return new AnalysisReport(
                "analyses/1",
                0,
                state,
                Judge.SEQUENTIAL,
                verdict,
                measuring,
                "",
                new AnalysisProgress(1, NOW),
                Instant.MAX,
                Set.of(),
                Set.of(),
                false,
                traffic,
                Figures.NONE,
                "",
                () -> "{}");
    }

    private static Decision decided(AnalysisReply reply) {
        return DecisionRules.decide(reply, UndecidedAction.ABORT, FailActions.ABORT);
    }

    private static boolean learns(Release release, AnalysisReply reply) {
        return release.learnsFrom(reply, decided(reply));
    }

    private static Optional<Release> heard(Release release, AnalysisReply reply) {
        return release.heard(reply, decided(reply), origin());
    }

    private static void assertSuperseded(Release release, AnalysisReply reply) {
        assertTrue(learns(release, reply));
        var change = heard(release, reply).orElseThrow();
        assertEquals(ReleaseState.SUPERSEDED, change.state());
        assertEquals("analyses/1", change.analysis());
        assertTrue(change.order().isEmpty(), "nothing is rolled back");
        var decision = change.latest().orElseThrow();
        assertEquals(List.of(DecisionReason.RELEASE_SUPERSEDED), decision.reasons());
        var successor = release.successor().orElseThrow();
        assertTrue(
                decision.explanation().contains(successor.name())
                        && decision.explanation().contains("'" + successor.canary() + "'")
                        && decision.explanation().contains("ask again"),
                decision.explanation());
    }

    private static void assertGoesOn(Release release, AnalysisReply reply) {
        assertTrue(heard(release, reply)
                .map(change -> change.state() == ReleaseState.OPEN)
                .orElse(true));
    }

    @Test
    void withoutASuccessorThatServesItGoesOn() {
        assertGoesOn(serving(Optional.empty()), found(Verdict.CONTINUE, LEFT));
    }

    @Test
    void aCanaryNeverReleasedBeforeTakesOverAtOnceWhateverIsHeardOfTheOlder() {
        assertSuperseded(serving(FIRST), found(Verdict.CONTINUE, SERVING));
        assertSuperseded(serving(FIRST), found(Verdict.FAIL, SERVING));
        assertSuperseded(serving(FIRST), new AnalysisReply.Unavailable("refused"));
    }

    @Test
    void aCanaryThatCameBackDoesNotTakeOverFromOneThatServes() {
        assertGoesOn(serving(BACK), found(Verdict.CONTINUE, SERVING));
        assertGoesOn(serving(BACK), new AnalysisReply.Unavailable("refused"));
    }

    @Test
    void whatTheEndOfAnAnalysisSaysIsActedOnThoughACanaryCameBack() {
        for (var verdict : List.of(Verdict.FAIL, Verdict.INCONCLUSIVE)) {
            var change = heard(serving(BACK), found(AnalysisState.CONCLUDED, verdict, SERVING))
                    .orElseThrow();
            assertEquals(ReleaseState.ABORTED, change.state());
            assertTrue(change.order().isPresent());
        }
        assertGoesOn(serving(BACK), found(AnalysisState.CANCELLED, Verdict.CONTINUE, SERVING));
    }

    @Test
    void aCanaryThatCameBackTakesOverFromOneThatUsersLeftOrNeverReached() {
        assertSuperseded(serving(BACK), found(Verdict.CONTINUE, LEFT));
        var unreached = open(BACK, Optional.of(found(Verdict.CONTINUE, CanaryTraffic.NONE)));
        assertSuperseded(unreached, found(Verdict.CONTINUE, CanaryTraffic.NONE));
        assertSuperseded(unreached, new AnalysisReply.Unavailable("refused"));
    }

    @Test
    void aCanaryThatCameBackTakesOverFromOneOfWhichAllWasSaidOrThatWasPromoted() {
        var cancelled = found(AnalysisState.CANCELLED, Verdict.CONTINUE, SERVING);
        assertSuperseded(open(BACK, Optional.of(cancelled)), cancelled);
        var promoted = open(BACK, Optional.of(found(Verdict.PASS, SERVING)));
        assertSuperseded(promoted, found(Verdict.PASS, SERVING));
    }

    @Test
    void theFirstRequestIsNotedThoughNothingElseIsNew() {
        var key = open(Optional.empty(), Optional.of(new AnalysisReply.Unavailable("refused")));
        var change = heard(key, found(Verdict.CONTINUE, SERVING)).orElseThrow();
        assertEquals(Optional.of(NOW), change.served());
        var before = open(Optional.empty(), Optional.of(found(Verdict.CONTINUE, SERVING)));
        assertFalse(learns(before, found(Verdict.CONTINUE, SERVING)));
    }

    @Test
    void aCanaryThatServedNobodyEndsAtTheDeadlineAndIsNotAbortedWhateverThePolicySays() {
        var release = open(Optional.empty(), Optional.of(found(Verdict.CONTINUE, CanaryTraffic.NONE)));
        var change = heard(release, found(AnalysisState.CONCLUDED, Verdict.INCONCLUSIVE, CanaryTraffic.NONE))
                .orElseThrow();
        assertEquals(ReleaseState.EXPIRED, change.state());
        assertEquals(Optional.of(NOW), change.ended());
        assertTrue(change.order().isEmpty());
        assertEquals(
                List.of(DecisionReason.RELEASE_EXPIRED, DecisionReason.NO_DATA),
                change.latest().orElseThrow().reasons());
    }

    @Test
    void aReleaseThatWaitedForAnAnalysisEndsWhenItIsRefusedAndOneUnderWayWaitsForAPerson() {
        var waiting = new Release(
                serving(Optional.empty()).start(),
                1,
                ReleaseState.OPEN,
                "",
                AnalysisProgress.NEVER,
                Optional.of(decided(new AnalysisReply.Unavailable("away")).recorded(origin(), Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
        var refused = new AnalysisReply.Refused("canary: is the policy's baselinePods");
        assertEquals(ReleaseState.EXPIRED, heard(waiting, refused).orElseThrow().state());
        assertEquals(
                ReleaseState.OPEN,
                heard(serving(Optional.empty()), refused).orElseThrow().state());
    }

    @Test
    void anotherStableVersionBeginsAnewOnlyAsLongAsTheCanaryServedNobody() {
        var unreached = open(Optional.empty(), Optional.of(found(Verdict.CONTINUE, CanaryTraffic.NONE)));
        assertTrue(unreached.contradicts("s2"));
        assertFalse(unreached.contradicts("s1"));
        assertFalse(unreached.contradicts(""), "who names none contradicts nobody");
        var change = unreached.correctedTo("s2", origin()).orElseThrow();
        assertEquals(ReleaseState.SUPERSEDED, change.state());
        var text = change.latest().orElseThrow().explanation();
        assertTrue(text.contains("'s1'") && text.contains("'s2'"), text);
        assertTrue(serving(Optional.empty()).correctedTo("s2", origin()).isEmpty());
    }
}
