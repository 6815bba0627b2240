package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReleaseNewsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Release opened(boolean dryRun) {
        var key = new ReleaseKey("checkout", "shop", "checkout", "c1", "7");
        return release(
                new ReleaseStart(UUID.randomUUID(), key, 1, dryRun, "s1", "", NOW),
                ReleaseState.OPEN,
                Optional.empty());
    }

    private static Release release(ReleaseStart start, ReleaseState state, Optional<Decision> decision) {
        return new Release(
                start,
                1,
                state,
                "",
                AnalysisProgress.NEVER,
                decision,
                Optional.empty(),
                Optional.empty(),
                state == ReleaseState.OPEN ? Optional.empty() : Optional.of(NOW),
                Optional.empty(),
                RollbackNote.NONE);
    }

    private static Decision decision(Outcome outcome, DecisionReason reason, String actor, boolean heldByRule) {
        var origin = new Origin(UUID.randomUUID(), actor, actor.equals(Origin.GATE) ? "" : "because", "", "", "", NOW);
        var rules =
                heldByRule ? List.of(new RuleOutcome("rule", RuleOutcome.Effect.HELD, "held")) : List.<RuleOutcome>of();
        return Decision.of(outcome, reason, "said").with(rules).recorded(origin, Optional.empty());
    }

    private static List<News> news(Release before, ReleaseState state, Decision decision) {
        return ReleaseNews.of(before, release(before.start(), state, Optional.of(decision)));
    }

    @ParameterizedTest
    @CsvSource({
        "ABORTED, ABORT, SLO_VIOLATED, RELEASE_ABORTED",
        "ABORTED, ABORT, ABORTED_BY_CONTROLLER, RELEASE_ABORTED",
        "OPEN, PROMOTE, CANARY_WITHIN_LIMITS, RELEASE_PROMOTED",
        "PROMOTED, PROMOTE, PROMOTED_BY_PERSON, RELEASE_PROMOTED",
        "SUPERSEDED, HOLD, RELEASE_SUPERSEDED, RELEASE_ENDED",
        "EXPIRED, HOLD, RELEASE_EXPIRED, RELEASE_ENDED",
        "OPEN, HOLD, FAIL_NEEDS_PERSON, RELEASE_FAILED",
        "OPEN, HOLD, DEADLINE_UNDECIDED, PROMOTION_WAITS"
    })
    void aTurnIsTold(ReleaseState state, Outcome outcome, DecisionReason reason, MessageEvent event) {
        var told = news(opened(false), state, decision(outcome, reason, Origin.GATE, false));
        assertEquals(List.of(event), told.stream().map(News::event).toList());
        assertEquals("said", told.getFirst().text());
        assertEquals(List.of(), news(opened(true), state, decision(outcome, reason, Origin.GATE, false)), "a dry run");
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVAL_MISSING, true",
        "BUDGET_NEEDS_APPROVAL, true",
        "RELEASE_HELD, true",
        "PROMOTION_STOPPED, true",
        "PROMOTION_FROZEN, false"
    })
    void aRuleThatOnlyAPersonCanSatisfyIsTold(DecisionReason reason, boolean told) {
        assertEquals(
                told,
                !news(opened(false), ReleaseState.OPEN, decision(Outcome.HOLD, reason, Origin.GATE, true))
                        .isEmpty());
        assertTrue(news(opened(false), ReleaseState.OPEN, decision(Outcome.HOLD, reason, Origin.GATE, false))
                .isEmpty());
    }

    @Test
    void whatSaysNothingNewIsNotTold() {
        var hold = decision(Outcome.HOLD, DecisionReason.NOT_ENOUGH_EVIDENCE, Origin.GATE, false);
        var open = release(opened(false).start(), ReleaseState.OPEN, Optional.of(hold));
        assertEquals(List.of(), ReleaseNews.of(open, open));
        assertEquals(List.of(), news(opened(false), ReleaseState.OPEN, hold));
        var promoted = decision(Outcome.PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, Origin.GATE, false);
        var may = release(opened(false).start(), ReleaseState.OPEN, Optional.of(promoted));
        var last = decision(Outcome.PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, Origin.GATE, false);
        assertEquals(List.of(), news(may, ReleaseState.PROMOTED, last));
    }

    @Test
    void aPersonIsNamedWithTheReason() {
        var told = news(
                        opened(false),
                        ReleaseState.ABORTED,
                        decision(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, "alice", false))
                .getFirst();
        assertEquals("checkout: canary c1 was aborted by alice", MessageText.title(told));
        assertEquals("said (because)", told.text());
        assertTrue(told.rollbackWanted());
    }

    @Test
    void whatAnAbortDoesNotReachIsTold() {
        var left = new RuleOutcome("releaseGroup", RuleOutcome.Effect.PASSED, "another was promoted already");
        var decision = decision(Outcome.ABORT, DecisionReason.SLO_VIOLATED, Origin.GATE, false)
                .with(List.of(left));
        assertEquals(
                "said; another was promoted already",
                news(opened(false), ReleaseState.ABORTED, decision).getFirst().text());
    }

    @Test
    void whatTheControllerTookBackNeedsNoRollback() {
        var decision = decision(Outcome.ABORT, DecisionReason.ABORTED_BY_CONTROLLER, "Flagger", false);
        assertFalse(
                news(opened(false), ReleaseState.ABORTED, decision).getFirst().rollbackWanted());
    }
}
