package dev.portcullis.gate.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Releases in memory, with a clock turned by hand. */
final class ReleaseMemoryTest {
    private long now = -5;
    private final ReleaseMemory memory = new ReleaseMemory(() -> now, 3);

    private static Release release(String rollout, String canary, long number) {
        var key = new ReleaseKey("checkout", "shop", rollout, canary, "7");
        return new Release(
                new ReleaseStart(new UUID(0, number), key, 1, false, "s1", "", Instant.EPOCH),
                number,
                ReleaseState.OPEN,
                "analyses/1",
                AnalysisProgress.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
    }

    private final Release one = release("a", "c1", 1);

    private void look() {
        memory.currentAsOf(now);
    }

    private void changed(Release release) {
        memory.changed(Set.of(release.key().ofRollout()), Set.of());
    }

    private boolean knows(Release release) {
        assertEquals(memory.find(release.key()), memory.find(release.id()), "by key and by id");
        return memory.find(release.key()).equals(Optional.of(release));
    }

    @Test
    void whatIsReadIsKeptOnlyOnceTheFeedTells() {
        memory.keep(one, memory.ticket());
        look();
        assertFalse(knows(one));
        memory.keep(one, memory.ticket());
        assertTrue(knows(one));
    }

    @Test
    void itIsGoodForAQuarterOfASecondAfterTheLatestLookBegan() {
        look();
        memory.keep(one, memory.ticket());
        now += ReleaseMemory.GOOD_FOR.toNanos();
        assertTrue(knows(one));
        now++;
        assertFalse(memory.isCurrent());
        assertFalse(knows(one));
        look();
        assertTrue(knows(one));
        assertEquals(Duration.ofMillis(250), ReleaseMemory.GOOD_FOR);
    }

    @Test
    void aChangeOfItsRolloutIsForgottenAndToldByKey() {
        look();
        memory.keep(one, memory.ticket());
        var other = release("b", "c1", 2);
        memory.keep(other, memory.ticket());
        assertEquals(Set.of(one.key()), memory.changed(Set.of(one.key().ofRollout()), Set.of()));
        assertFalse(knows(one));
        assertTrue(knows(other));
        assertEquals(Set.of(other.key()), memory.changed(Set.of(), Set.of(other.id())));
        assertFalse(knows(other));
    }

    @Test
    void whatWasReadWhileAChangeWasToldIsNotKept() {
        look();
        var ticket = memory.ticket();
        changed(one);
        memory.keep(one, ticket);
        assertFalse(knows(one));
        memory.keep(one, memory.ticket());
        assertTrue(knows(one));
    }

    @Test
    void whatWasReadBeforeChangesThatAreNoLongerListedIsNotKept() {
        look();
        var ticket = memory.ticket();
        changed(one);
        for (var number = 0; number < 10; number++) {
            changed(release("other" + number, "c1", number));
        }
        memory.keep(one, ticket);
        assertFalse(knows(one));
    }

    @Test
    void whatThisProcessChangesIsForgottenAtOnceAlsoByIdAlone() {
        look();
        memory.keep(one, memory.ticket());
        var writes = memory.changesHere();
        memory.changedHere(one.key().ofRollout());
        assertFalse(knows(one));
        memory.keep(one, memory.ticket());
        memory.changedHere(one.id());
        assertFalse(knows(one));
        var ticket = memory.ticket();
        memory.changedHere(one.id());
        memory.keep(one, ticket);
        assertFalse(knows(one), "it was read while it was changed");
        assertEquals(writes + 3, memory.changesHere());
    }

    @Test
    void whatThisProcessHasChangedIsReadAnewWhenTheFeedTellsIt() {
        look();
        memory.keep(one, memory.ticket());
        memory.changedHere(one.key().ofRollout());
        assertEquals(Set.of(), memory.changed(Set.of(), Set.of()));
        assertEquals(Set.of(one.key()), memory.changed(Set.of(one.key().ofRollout()), Set.of()));
        assertEquals(Set.of(), memory.changed(Set.of(one.key().ofRollout()), Set.of()), "once");
        memory.keep(one, memory.ticket());
        memory.changedHere(one.id());
        memory.forget();
        assertEquals(Set.of(), memory.changed(Set.of(one.key().ofRollout()), Set.of()), "nothing is known any more");
    }

    @Test
    void aGapTakesEverythingAlongAndWhatWasReadBefore() {
        look();
        memory.keep(one, memory.ticket());
        var ticket = memory.ticket();
        memory.forget();
        assertFalse(memory.isCurrent());
        look();
        assertFalse(knows(one));
        memory.keep(one, ticket);
        assertFalse(knows(one));
    }

    @Test
    void aNewRunTakesThePlaceOfTheOneBefore() {
        look();
        memory.keep(one, memory.ticket());
        var second = release("a", "c1", 2);
        memory.keep(second, memory.ticket());
        assertTrue(knows(second));
        assertEquals(Optional.empty(), memory.find(one.id()));
    }

    @Test
    void thoseUsedLastStay() {
        look();
        var all = new ArrayList<Release>();
        for (var number = 1; number <= 3; number++) {
            all.add(release("r" + number, "c", number));
            memory.keep(all.getLast(), memory.ticket());
        }
        assertTrue(knows(all.getFirst()));
        var fourth = release("r4", "c", 4);
        memory.keep(fourth, memory.ticket());
        assertEquals(3, memory.size());
        assertFalse(knows(all.get(1)));
        for (var kept : List.of(all.getFirst(), all.getLast(), fourth)) {
            assertTrue(knows(kept));
        }
    }

    @Test
    void whetherOthersServedIsKnownAsLongAsTheRolloutStays() {
        look();
        memory.keep(one, memory.ticket());
        assertEquals(Optional.empty(), memory.othersServedAfter(one));
        memory.keepOthersServedAfter(one, false, memory.ticket());
        assertEquals(Optional.of(false), memory.othersServedAfter(one));
        changed(release("a", "c2", 9));
        memory.keep(one, memory.ticket());
        assertEquals(Optional.empty(), memory.othersServedAfter(one));
    }

    @Test
    void whoListensIsToldOfHisRolloutUntilHeLeaves() {
        var told = new ArrayList<String>();
        var leave = memory.listen(one.key().ofRollout(), () -> told.add("one"));
        memory.listen(release("b", "c", 2).key().ofRollout(), () -> told.add("two"));
        memory.wake(Set.of(one.key().ofRollout()));
        assertEquals(List.of("one"), told);
        leave.run();
        memory.wakeAll();
        assertEquals(List.of("one", "two"), told);
    }
}
