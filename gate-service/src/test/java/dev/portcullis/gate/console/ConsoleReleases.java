package dev.portcullis.gate.console;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Releases for tests of pages. */
public final class ConsoleReleases {
    /** When they are seen. */
    public static final Instant NOW = Instant.parse("2026-12-01T10:30:00Z");

    private ConsoleReleases() {}

    /** An open one of checkout, opened 14 minutes ago, with a latest decision. */
    public static Release open(DecisionReason reason) {
        return of("checkout", "7d9c8", "v42", ReleaseState.OPEN, reason, "Not decided yet.");
    }

    /** One with names and an explanation. */
    public static Release of(
            String service,
            String canary,
            String revision,
            ReleaseState state,
            DecisionReason reason,
            String explanation) {
        var outcome = reason.outcomes().iterator().next();
        var decided = Decision.of(outcome, reason, explanation)
                .with(List.of(new RuleOutcome("bake", RuleOutcome.Effect.HELD, explanation)))
                .recorded(
                        new Origin(new UUID(0, 2), "gate", "", "1", "0af7651916cd43dd8448eb211c80319c", "", NOW),
                        Optional.empty());
        var start = new ReleaseStart(
                new UUID(0, 1),
                new ReleaseKey(service, "shop", "checkout", canary, revision),
                1,
                false,
                "5b6f4",
                "",
                NOW.minus(Duration.ofMinutes(14)),
                ReleaseDetails.NONE);
        return new Release(
                start,
                1,
                state,
                "",
                new AnalysisProgress(-1, Instant.EPOCH),
                Optional.of(decided),
                Optional.empty(),
                Optional.empty(),
                state == ReleaseState.OPEN ? Optional.empty() : Optional.of(NOW),
                Optional.empty(),
                RollbackNote.NONE);
    }

    /** A hold of {@link #open}. */
    public static PromotionHold hold(String reason) {
        return new PromotionHold(
                new UUID(0, 3),
                1,
                List.of("checkout"),
                Optional.of(new UUID(0, 1)),
                List.of(),
                reason,
                "ann",
                NOW.minus(Duration.ofMinutes(3)),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
