package dev.portcullis.gate.rule;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Promotions of the service checkout that rules are asked about in tests. */
public final class Promotions {
    /** When all of them are asked about, if nothing else is said. */
    public static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

    private Promotions() {}

    /** That of a canary whose first request was seen at a moment. */
    public static Promotion servedSince(Optional<Instant> served) {
        return Promotion.of(release(ReleaseDetails.NONE, served), NOW);
    }

    /** That of a canary of which this is told, and which has served for an hour. */
    public static Promotion of(ReleaseDetails details) {
        return Promotion.of(release(details, Optional.of(NOW.minusSeconds(3_600))), NOW);
    }

    /** What a PASS after some windows allows, with these figures. */
    public static Decision passed(int windows, Figures figures) {
        return new Decision(
                Outcome.PROMOTE,
                List.of(DecisionReason.CANARY_WITHIN_LIMITS),
                "passed",
                Optional.of(Verdict.PASS),
                Optional.of(MeasuringState.MEASURING),
                windows,
                figures,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Release release(ReleaseDetails details, Optional<Instant> served) {
        var key = new ReleaseKey("checkout", "shop", "checkout", "c1", "7");
        var start = new ReleaseStart(UUID.randomUUID(), key, 1, false, "s1", "", NOW.minusSeconds(7_200), details);
        return new Release(
                start,
                1,
                ReleaseState.OPEN,
                "",
                AnalysisProgress.NEVER,
                Optional.empty(),
                Optional.empty(),
                served,
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
    }
}
