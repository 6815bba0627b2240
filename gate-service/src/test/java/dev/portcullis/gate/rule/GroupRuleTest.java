package dev.portcullis.gate.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.decision.RuleOutcome.Effect;
import dev.portcullis.gate.feed.NotInMemoryException;
import dev.portcullis.gate.group.GroupChange;
import dev.portcullis.gate.group.GroupMember;
import dev.portcullis.gate.group.GroupReleases;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a release group holds, where the others can be looked at and where only memory is gone by. */
final class GroupRuleTest {
    private static final ReleaseGroup GROUP = new ReleaseGroup(
            "shop", "change", List.of(new GroupMember("checkout", "", ""), new GroupMember("ledger", "", "")), false);
    private static final ReleaseDetails LABELLED = new ReleaseDetails("", "", "", new TreeMap<>(Map.of("change", "1")));

    private static final GroupReleases NO_OTHER = new GroupReleases() {
        @Override
        public GroupChange find(ReleaseGroup group, String change) {
            return new GroupChange(group, change, List.of());
        }

        @Override
        public void reviewOthers(ReleaseGroup group, String change, UUID decided, Instant now) {
            throw new UnsupportedOperationException();
        }
    };

    private final GroupRule stored = new GroupRule(key -> Optional.of(GROUP), Optional.of(NO_OTHER));
    private final GroupRule inMemory = new GroupRule(key -> Optional.of(GROUP), Optional.empty());

    private static Promotion decided(Decision latest) {
        var open = Promotions.of(LABELLED).release().orElseThrow();
        var origin = new Origin(UUID.randomUUID(), Origin.GATE, "", "", "", "", Promotions.NOW);
        return Promotion.of(
                new Release(
                        open.start(),
                        1,
                        ReleaseState.OPEN,
                        "",
                        open.seen(),
                        Optional.of(latest.recorded(origin, Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        open.rollback()),
                Promotions.NOW);
    }

    private static Decision said(Effect effect) {
        return Decision.hold(DecisionReason.PROMOTION_FROZEN, "frozen")
                .with(List.of(
                        new RuleOutcome("calendar", Effect.HELD, "frozen"),
                        new RuleOutcome(GroupRule.NAME, effect, "")));
    }

    private static Optional<String> told(GroupRule rule, Promotion promotion) {
        return rule.hold(promotion).map(hold -> hold.reasons() + " " + hold.explanation());
    }

    @Test
    void aReleaseIsHeldAsLongAsItWaitsForAnother() {
        assertEquals(
                Optional.of(
                        "[GROUP_WAITS] the release group 'shop' with change=1 waits until all of it may be promoted,"
                                + " and still for 'ledger', of which there is no release yet"),
                told(stored, Promotions.of(LABELLED)));
    }

    @Test
    void oneWithoutTheLabelIsHeldAlsoInMemory() {
        var told =
                Optional.of("[GROUP_WAITS] the release group 'shop' goes by the label 'change', which this release does"
                        + " not have, so that nobody knows what it belongs to; tell it with the question");
        assertEquals(told, told(stored, Promotions.of(ReleaseDetails.NONE)));
        assertEquals(told, told(inMemory, Promotions.of(ReleaseDetails.NONE)));
    }

    @Test
    void whatIsPromotedOrOfNoGroupOrNotYetThereIsNotHeld() {
        var promoted = decided(Decision.of(Outcome.PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, "passed"));
        assertEquals(Optional.empty(), stored.hold(promoted));
        assertEquals(Optional.empty(), inMemory.hold(promoted));
        var none = new GroupRule(key -> Optional.empty(), Optional.of(NO_OTHER));
        assertEquals(Optional.empty(), none.hold(Promotions.of(LABELLED)));
        assertEquals(Optional.empty(), stored.hold(Promotion.ofDeploy("checkout", LABELLED, Promotions.NOW)));
    }

    @Test
    void inMemoryOnlyWhatHasPassedBeforePasses() {
        assertEquals(Optional.empty(), inMemory.hold(decided(said(Effect.PASSED))));
        assertThrows(NotInMemoryException.class, () -> inMemory.hold(decided(said(Effect.HELD))));
        assertThrows(NotInMemoryException.class, () -> inMemory.hold(Promotions.of(LABELLED)));
    }
}
