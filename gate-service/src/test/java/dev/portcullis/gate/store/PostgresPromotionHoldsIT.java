package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.hold.HoldEndedException;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHold.Ending;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseEndedException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Holds as they are kept, and what the audit log is told of them. */
final class PostgresPromotionHoldsIT extends ReleaseStoreSetup {
    private final PostgresPromotionHolds holds = at(NOW);

    private static PostgresPromotionHolds at(Instant now) {
        return new PostgresPromotionHolds(database.jdbi(), AUDIT, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static PromotionHold hold(Optional<UUID> release, String... services) {
        return new PromotionHold(
                UUID.randomUUID(),
                0,
                List.of(services),
                release,
                List.of("change=security"),
                "an incident",
                "ann",
                NOW,
                release.isPresent() ? Optional.empty() : Optional.of(NOW.plusSeconds(3_600)),
                Optional.empty(),
                false);
    }

    private static List<String> entries(PromotionHold hold) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select action || ' ' || coalesce(service, '-') || ' ' || body from audit.entries where object = :object order by id")
                .bind("object", hold.name())
                .mapTo(String.class)
                .list());
    }

    private List<UUID> listed(PostgresPromotionHolds kept, String service, boolean all) {
        return kept.list(Optional.of(service), all, OptionalLong.empty(), 10).stream()
                .map(PromotionHold::id)
                .toList();
    }

    @Test
    void aHoldIsKeptAsItWasPlacedWithAnEntryOfTheAuditLog() {
        var kept = holds.create(hold(Optional.empty(), "kept-*"));
        assertTrue(kept.number() > 0);
        assertEquals(Optional.of(kept), holds.find(kept.id()));
        assertTrue(holds.active().contains(kept));
        assertEquals(List.of(kept.id()), listed(holds, "kept-1", false));
        assertEquals(List.of(), listed(holds, "kept", true));
        var entries = entries(kept);
        assertEquals(1, entries.size());
        assertTrue(entries.getFirst().startsWith("HOLD_PROMOTIONS - {"), entries.toString());
        assertTrue(entries.getFirst().contains("\"why\":\"an incident\""), entries.toString());
    }

    @Test
    void patternsAreThoseOfRolesAlsoWhereSqlHasOthers() {
        var odd = holds.create(hold(Optional.empty(), "50%_!-*"));
        assertEquals(List.of(odd.id()), listed(holds, "50%_!-x", false));
        assertEquals(List.of(), listed(holds, "50xx!-x", false));
    }

    @Test
    void whoEndsAnEndedHoldHearsByWhomAndWhenItWasEnded() {
        var kept = holds.create(hold(Optional.empty(), "ended"));
        var first = new Ending(NOW.plusSeconds(1), "bob", "fixed");
        assertEquals(
                Optional.of(first), holds.end(kept.id(), first).orElseThrow().ending());
        var second = new Ending(NOW.plusSeconds(2), "cleo", "me too");
        var refused = assertThrows(HoldEndedException.class, () -> holds.end(kept.id(), second));
        assertEquals("bob", refused.ender());
        assertEquals(first.time(), refused.time());
        assertEquals(kept.name() + " was ended at 2026-03-01T12:00:01Z by 'bob': fixed", refused.getMessage());
        assertFalse(holds.active().stream().anyMatch(hold -> hold.id().equals(kept.id())));
        assertEquals(List.of(), listed(holds, "ended", false));
        assertEquals(List.of(kept.id()), listed(holds, "ended", true));
        assertEquals(2, entries(kept).size());
        assertTrue(
                entries(kept).getLast().startsWith("RESUME_PROMOTIONS ended {"),
                entries(kept).toString());
        assertEquals(Optional.empty(), holds.end(UUID.randomUUID(), second));
    }

    @Test
    void aHoldWhoseTimeIsOverIsNotActiveAndCannotBeEnded() {
        var kept = holds.create(hold(Optional.empty(), "expired"));
        var end = kept.end().orElseThrow();
        assertEquals(List.of(), listed(at(end), "expired", false));
        var refused =
                assertThrows(HoldEndedException.class, () -> holds.end(kept.id(), new Ending(end, "bob", "late")));
        assertEquals("", refused.ender());
        assertEquals(end, refused.time());
    }

    @Test
    void aReleasesHoldNeedsItOpenAndIsMootWhenItHasEnded() {
        var release = open("held", "c1");
        var kept = holds.create(hold(Optional.of(release.id()), "held"));
        assertEquals(PromotionHold.State.ACTIVE, kept.state(NOW));
        assertEquals(Optional.empty(), kept.end());
        write(release, ReleaseStoreSetup::end);
        assertEquals(
                PromotionHold.State.RELEASE_ENDED,
                holds.find(kept.id()).orElseThrow().state(NOW));
        assertEquals(List.of(), listed(holds, "held", false));
        assertThrows(ReleaseEndedException.class, () -> holds.create(hold(Optional.of(release.id()), "held")));
        assertThrows(ReleaseNotFoundException.class, () -> holds.create(hold(Optional.of(UUID.randomUUID()), "held")));
        assertThrows(ReleaseNotFoundException.class, () -> holds.create(hold(Optional.of(release.id()), "other")));
    }

    @Test
    void whatAHoldHeldIsDueForItsReviewWhenTheHoldHasEnded() {
        var held = open("due-1", "c1");
        var other = open("not-due", "c1");
        for (var release : List.of(held, other)) {
            releases.reviewAt(release.id(), NOW.plus(Duration.ofDays(1)));
        }
        var kept = holds.create(hold(Optional.empty(), "due-*"));
        holds.end(kept.id(), new Ending(NOW, "bob", "fixed"));
        var due = releases.takeForReview(NOW, NOW.plusSeconds(2), 100).stream()
                .map(Release::id)
                .toList();
        assertTrue(due.contains(held.id()));
        assertFalse(due.contains(other.id()));
    }

    /** After a hold is placed no promotion is recorded that has not seen it. */
    @Test
    void whoPlacesAHoldWaitsForAPromotionThatIsBeingRecorded() throws Exception {
        var release = open("raced", "c1");
        var looked = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var recorded = CompletableFuture.supplyAsync(
                    () -> releases.change(release.id(), current -> {
                        assertTrue(holds.active().stream()
                                .noneMatch(hold -> hold.services().contains("raced")));
                        looked.countDown();
                        awaitQuietly(goOn);
                        return heard(current, 1);
                    }),
                    threads);
            looked.await();
            var placed = CompletableFuture.supplyAsync(() -> holds.create(hold(Optional.empty(), "raced")), threads);
            assertThrows(TimeoutException.class, () -> placed.get(200, TimeUnit.MILLISECONDS));
            goOn.countDown();
            assertTrue(recorded.get().isPresent());
            assertEquals(List.of(placed.get().id()), listed(holds, "raced", false));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
