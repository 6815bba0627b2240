package dev.portcullis.gate.rule.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseInProgress;
import dev.portcullis.gate.release.ReleasesInProgress;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.Promotions;
import dev.portcullis.kit.identity.ServiceGroup;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is held by whom when releases of a group of services are in progress at the same time. */
final class ConcurrencyRuleTest {
    /** That of the release that is asked about. */
    private static final long OWN = 1;

    private final AtomicLong nanos = new AtomicLong();
    private final ReleasesInProgress releases = new ReleasesInProgress(nanos::get);

    private ConcurrencyRule atMost(int most) {
        return new ConcurrencyRule("one", most, new ServiceGroup(List.of("check*", "cart")), releases);
    }

    private static ReleaseInProgress of(String service, long number) {
        return new ReleaseInProgress(new UUID(0, Math.abs(number)), number, service);
    }

    private void inProgress(ReleaseInProgress... others) {
        var own = Promotions.of(ReleaseDetails.NONE).release().orElseThrow();
        releases.read(
                Stream.concat(Stream.of(others), Stream.of(new ReleaseInProgress(own.id(), OWN, "checkout")))
                        .toList(),
                releases.now());
    }

    private static Optional<List<DecisionReason>> reasons(Optional<Decision> hold) {
        return hold.map(Decision::reasons);
    }

    @Test
    void aReleaseIsHeldByThoseOfItsGroupThatWereOpenedBefore() {
        inProgress(of("cart", 0), of("search", -1));
        assertEquals(
                Optional.of(Decision.hold(
                        DecisionReason.TOO_MANY_RELEASES,
                        "rule 'one' lets at most 1 release of check*, cart be in progress at once; before this one is"
                                + " services/cart/releases/00000000-0000-0000-0000-000000000000")),
                atMost(1).hold(Promotions.of(ReleaseDetails.NONE)));
        assertEquals(Optional.empty(), atMost(2).hold(Promotions.of(ReleaseDetails.NONE)));
    }

    @Test
    void laterOnesAndThoseOfOthersHoldNothingSoThatNoneWaitsForOneThatWaitsForIt() {
        inProgress(of("cart", 2), of("search", 0));
        assertEquals(Optional.empty(), atMost(1).hold(Promotions.of(ReleaseDetails.NONE)));
    }

    @Test
    void aDeployIsHeldByAllOfThem() {
        inProgress();
        var deploy = Promotion.ofDeploy("checkout", ReleaseDetails.NONE, Promotions.NOW);
        assertEquals(
                Optional.of(List.of(DecisionReason.TOO_MANY_RELEASES)),
                reasons(atMost(1).hold(deploy)));
        assertEquals(Optional.empty(), atMost(2).hold(deploy));
    }

    @Test
    void manyAreNotAllNamed() {
        inProgress(of("cart", 0), of("cart", -1), of("cart", -2), of("cart", -3), of("cart", -4));
        var told =
                atMost(1).hold(Promotions.of(ReleaseDetails.NONE)).orElseThrow().explanation();
        assertTrue(told.endsWith("000000000002 and 2 more"), told);
    }

    @Test
    void whatWasNotReadLatelyHolds() {
        assertEquals(
                Optional.of(List.of(DecisionReason.RULE_UNAVAILABLE)),
                reasons(atMost(9).hold(Promotions.of(ReleaseDetails.NONE))));
        inProgress();
        nanos.addAndGet(ReleasesInProgress.GOOD_FOR.toNanos());
        assertEquals(Optional.empty(), atMost(1).hold(Promotions.of(ReleaseDetails.NONE)));
        nanos.incrementAndGet();
        assertEquals(
                Optional.of(List.of(DecisionReason.RULE_UNAVAILABLE)),
                reasons(atMost(9).hold(Promotions.of(ReleaseDetails.NONE))));
    }
}
