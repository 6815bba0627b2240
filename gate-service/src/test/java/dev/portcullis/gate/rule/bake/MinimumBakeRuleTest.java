package dev.portcullis.gate.rule.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.Promotions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MinimumBakeRuleTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Instant NOW = Promotions.NOW;

    private static Optional<Decision> hold(Optional<Instant> served) {
        return new MinimumBakeRule("bake", TEN_MINUTES).hold(Promotions.servedSince(served));
    }

    @Test
    void holdsUntilTheCanaryHasServedForTheTimeAndSaysUntilWhen() {
        var held = hold(Optional.of(NOW.minus(TEN_MINUTES).plusNanos(1)));

        assertEquals(
                Optional.of(List.of(DecisionReason.BAKE_UNFINISHED)), held.map(Decision::reasons), held.toString());
        assertEquals(
                "rule 'bake' wants the canary to serve users for 10m before it is promoted; the first request was seen at"
                        + " 2027-03-01T11:50:00Z, so it is promoted at 2027-03-01T12:00:00Z at the earliest",
                held.orElseThrow().explanation());
    }

    @Test
    void hasNothingAgainstAPromotionOnceTheTimeIsOver() {
        assertEquals(Optional.empty(), hold(Optional.of(NOW.minus(TEN_MINUTES))));
    }

    @Test
    void theTimeOfACanaryWhoseFirstRequestIsNotOnRecordYetBeginsNow() {
        var held = hold(Optional.empty()).orElseThrow().explanation();

        assertTrue(held.contains("promoted at 2027-03-01T12:10:00Z at the earliest"), held);
    }

    @Test
    void holdsNoDeployWhichHasNoCanaryYet() {
        var deploy = Promotion.ofDeploy("checkout", ReleaseDetails.NONE, NOW);

        assertEquals(Optional.empty(), new MinimumBakeRule("bake", TEN_MINUTES).hold(deploy));
    }
}
