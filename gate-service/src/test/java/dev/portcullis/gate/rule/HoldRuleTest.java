package dev.portcullis.gate.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which promotions people's holds hold, and what is said of it. */
final class HoldRuleTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final UUID RELEASE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID ID = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final Decision PASS = Decision.of(Outcome.PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, "within");

    private static PromotionHold hold(List<String> services, Optional<UUID> release, List<String> exceptions) {
        return new PromotionHold(
                ID,
                1,
                services,
                release,
                exceptions,
                "an incident",
                "ann",
                NOW,
                release.isPresent() ? Optional.empty() : Optional.of(NOW.plusSeconds(60)),
                Optional.empty(),
                false);
    }

    private static PromotionHold stop(String... services) {
        return hold(List.of(services), Optional.empty(), List.of());
    }

    private static Release release(String service, String label) {
        var labels = new TreeMap<String, String>();
        if (!label.isEmpty()) {
            labels.put("change", label);
        }
        return new Release(
                new ReleaseStart(
                        RELEASE,
                        new ReleaseKey(service, "", "", "c1", ""),
                        1,
                        false,
                        "",
                        "",
                        NOW,
                        new ReleaseDetails("", "", "", labels)),
                1,
                ReleaseState.OPEN,
                "",
                new AnalysisProgress(0, NOW),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
    }

    private static List<DecisionReason> reasons(PromotionHold hold, Promotion promotion) {
        return new HoldRule(() -> List.of(hold))
                .hold(promotion)
                .map(Decision::reasons)
                .orElse(List.of());
    }

    private static Promotion promotion(String service) {
        return Promotion.of(release(service, ""), NOW);
    }

    @Test
    void aStopHoldsTheServicesOfItsPatternsAndTheirDeploysUntilItsEnd() {
        var stop = stop("shop-*", "checkout");
        assertEquals(List.of(DecisionReason.PROMOTION_STOPPED), reasons(stop, promotion("checkout")));
        assertEquals(List.of(DecisionReason.PROMOTION_STOPPED), reasons(stop, promotion("shop-eu")));
        assertEquals(List.of(), reasons(stop, promotion("basket")));
        var deploy = Promotion.ofDeploy("shop-eu", ReleaseDetails.NONE, NOW);
        assertEquals(List.of(DecisionReason.PROMOTION_STOPPED), reasons(stop, deploy));
        assertEquals(List.of(), reasons(stop, Promotion.of(release("checkout", ""), NOW.plusSeconds(60))));
        assertEquals(
                "'ann' has stopped the promotions of 'checkout' until 2027-01-01T00:01:00Z (holds/" + ID
                        + "): an incident",
                new HoldRule(() -> List.of(stop))
                        .hold(promotion("checkout"))
                        .orElseThrow()
                        .explanation());
    }

    @Test
    void aReleasesHoldHoldsThatOneAloneAndNoDeploy() {
        var hold = hold(List.of("checkout"), Optional.of(RELEASE), List.of());
        assertEquals(List.of(DecisionReason.RELEASE_HELD), reasons(hold, promotion("checkout")));
        assertEquals(List.of(), reasons(hold, Promotion.ofDeploy("checkout", ReleaseDetails.NONE, NOW)));
        var other = hold(List.of("checkout"), Optional.of(ID), List.of());
        assertEquals(List.of(), reasons(other, promotion("checkout")));
        assertEquals(
                "'ann' holds this release (holds/" + ID + "): an incident",
                new HoldRule(() -> List.of(hold))
                        .hold(promotion("checkout"))
                        .orElseThrow()
                        .explanation());
    }

    @Test
    void whatHasEndedHoldsNothing() {
        var stop = stop("checkout");
        var ended = new PromotionHold(
                ID,
                1,
                stop.services(),
                stop.release(),
                stop.exceptions(),
                stop.reason(),
                stop.creator(),
                stop.created(),
                stop.end(),
                Optional.of(new PromotionHold.Ending(NOW, "bob", "fixed")),
                false);
        assertEquals(List.of(), reasons(ended, promotion("checkout")));
    }

    @Test
    void aReleaseWithAnExemptLabelPassesAndThatIsRecorded() {
        var stop = hold(List.of("*"), Optional.empty(), List.of("change=security", "change=revert"));
        var rules = new PromotionRules(List.of(new HoldRule(() -> List.of(stop))), service -> List.of());
        var passed = rules.apply(PASS, Promotion.of(release("checkout", "security"), NOW));
        assertEquals(Outcome.PROMOTE, passed.outcome());
        assertEquals(
                List.of(new RuleOutcome(
                        "hold",
                        RuleOutcome.Effect.PASSED,
                        "holds/" + ID + " does not hold it, since it has the label change=security")),
                passed.rules());
        var held = rules.apply(PASS, Promotion.of(release("checkout", "feature"), NOW));
        assertEquals(List.of(DecisionReason.PROMOTION_STOPPED, DecisionReason.CANARY_WITHIN_LIMITS), held.reasons());
    }
}
