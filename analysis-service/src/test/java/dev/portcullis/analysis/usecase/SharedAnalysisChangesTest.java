package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.run.AnalysisChanges;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SharedAnalysisChangesTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private final Store store = new Store();
    private final SharedAnalysisChanges shared =
            new SharedAnalysisChanges(store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    /** Positions are the number of changes before them. */
    private static final class Store implements AnalysisChanges {
        private final List<UUID> changed = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger looks = new AtomicInteger();
        private final CountDownLatch looking = new CountDownLatch(1);
        private volatile CountDownLatch goOn = new CountDownLatch(0);
        private volatile boolean down;

        @Override
        public String now() {
            return String.valueOf(changed.size());
        }

        @Override
        public Look since(String position) {
            looks.incrementAndGet();
            looking.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (down) {
                throw new IllegalStateException("down");
            }
            var all = List.copyOf(changed);
            return new Look(String.valueOf(all.size()), all.subList(Integer.parseInt(position), all.size()));
        }
    }

    @Test
    void eachWatcherIsToldEachChangeOnceAtHisOwnPace() {
        var fast = shared.now();
        var slow = shared.now();
        store.changed.add(ONE);
        var first = shared.since(fast);
        assertEquals(List.of(ONE), first.analyses());
        assertEquals(List.of(), shared.since(first.position()).analyses());
        store.changed.add(TWO);
        assertEquals(List.of(TWO), shared.since(first.position()).analyses());
        assertEquals(List.of(ONE, TWO), shared.since(slow).analyses());
    }

    @Test
    void whoComesFromElsewhereIsToldAllSinceThen() {
        store.changed.add(ONE);
        store.changed.add(TWO);
        var look = shared.since("1");
        assertEquals(List.of(TWO), look.analyses());
        store.changed.add(ONE);
        assertEquals(List.of(ONE), shared.since(look.position()).analyses());
    }

    @Test
    void thoseWhoAskDuringALookShareTheNext() throws Exception {
        var position = shared.now();
        store.goOn = new CountDownLatch(1);
        var asks = new ArrayList<FutureTask<AnalysisChanges.Look>>();
        var threads = new ArrayList<Thread>();
        ask(position, asks, threads);
        store.looking.await();
        for (int i = 0; i < 20; i++) {
            ask(position, asks, threads);
        }
        for (var thread : threads.subList(1, threads.size())) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        // Written before they asked, as far as those are concerned who wait.
        store.changed.add(ONE);
        store.goOn.countDown();
        for (var ask : asks) {
            assertEquals(List.of(ONE), ask.get(30, TimeUnit.SECONDS).analyses());
        }
        assertEquals(2, store.looks.get());
    }

    private void ask(String position, List<FutureTask<AnalysisChanges.Look>> asks, List<Thread> threads) {
        var ask = new FutureTask<>(() -> shared.since(position));
        asks.add(ask);
        threads.add(Thread.ofPlatform().start(ask));
    }

    @Test
    void aLookThatFailsIsToldToWhoMadeItAndToNobodyAsItsResult() {
        var position = shared.now();
        store.down = true;
        assertThrows(IllegalStateException.class, () -> shared.since(position));
        assertThrows(IllegalStateException.class, () -> shared.since(position));
        store.down = false;
        store.changed.add(ONE);
        assertEquals(List.of(ONE), shared.since(position).analyses());
    }
}
