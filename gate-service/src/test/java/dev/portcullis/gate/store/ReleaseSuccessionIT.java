package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.Successor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** How the store tells which release of a rollout comes after which. */
final class ReleaseSuccessionIT extends ReleaseStoreSetup {
    @Test
    void theSuccessorIsTheNewestReleaseOfTheRolloutThatServesAndFirstRunsComeFirst() {
        var first = open("rollout", "c1");
        var other = releases.open(new ReleaseStart(
                UUID.randomUUID(), new ReleaseKey("rollout", "shop", "another", "c9", ""), 1, false, "s", "", NOW));
        write(other, current -> heard(current, 0));
        assertEquals(Optional.empty(), read(first).successor(), "of another rollout");
        var second = open("rollout", "c2");
        assertEquals(Optional.empty(), read(first).successor(), "it has served nobody");
        write(second, current -> heard(current, 0));
        assertEquals(
                Optional.of(new Successor(second.name(), "c2", 1)), read(first).successor());
        assertEquals(Optional.empty(), read(second).successor(), "it is the newest");
        write(second, ReleaseStoreSetup::end);
        var back = releases.open(new ReleaseStart(UUID.randomUUID(), second.key(), 2, false, "s", "", NOW));
        write(back, current -> heard(current, 0));
        assertEquals(
                Optional.of(new Successor(second.name(), "c2", 1)), read(first).successor());
        write(first, ReleaseStoreSetup::end);
        assertEquals(Optional.empty(), read(first).successor(), "it has ended");
    }

    @Test
    void aRunIsOpenedOnceHoweverManyOpenItAtOnceAndTheLatestIsTheOneFound() throws Exception {
        var first = open("runs", "c1");
        write(first, ReleaseStoreSetup::end);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<UUID>>();
            for (var i = 0; i < 20; i++) {
                calls.add(() -> releases.open(new ReleaseStart(UUID.randomUUID(), first.key(), 2, false, "s2", "", NOW))
                        .id());
            }
            var ids = new HashSet<UUID>();
            for (var call : threads.invokeAll(calls)) {
                ids.add(call.get());
            }
            assertEquals(1, ids.size());
        }
        var latest = releases.find(first.key()).orElseThrow();
        assertEquals(2, latest.start().run());
        assertEquals("s2", latest.start().stable());
        assertEquals(ReleaseState.PROMOTED, read(first).state());
    }

    @Test
    void onlyAnotherCanaryOfTheRolloutThatServedLaterCameInBetween() {
        var ended = write(write(open("between", "c1"), current -> heard(current, 0)), ReleaseStoreSetup::end);
        assertFalse(releases.othersServedAfter(ended), "its own traffic");
        var typo = open("between", "typo");
        assertFalse(releases.othersServedAfter(ended), "it has served nobody");
        write(typo, current -> heard(current, 0));
        assertFalse(releases.othersServedAfter(ended), "it served before that had ended");
        write(open("between", "c2"), current -> Optional.of(decided(current, decision(0), NOW.plusSeconds(1))));
        assertTrue(releases.othersServedAfter(ended));
    }

    @Test
    void aStableVersionIsKnownByTheOpenReleaseOnTopOfItOnceThatServes() {
        var canary = open("ontop", "c1");
        var asked = new ReleaseKey("ontop", "shop", "ontop", "stable", "");
        assertEquals(Optional.empty(), releases.openOnTopOf(asked, "other", false), "it may be a mistake itself");
        assertEquals(
                Optional.of(canary.id()),
                releases.openOnTopOf(asked, "c1", false).map(Release::id),
                "the same, swapped");
        write(canary, current -> heard(current, 0));
        assertEquals(
                Optional.of(canary.id()),
                releases.openOnTopOf(asked, "other", false).map(Release::id));
        assertEquals(Optional.empty(), releases.openOnTopOf(canary.key(), "stable", false));
        write(canary, ReleaseStoreSetup::end);
        assertEquals(Optional.empty(), releases.openOnTopOf(asked, "c1", false), "promoted");
    }
}
