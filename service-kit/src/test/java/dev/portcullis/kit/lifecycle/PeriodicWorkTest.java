package dev.portcullis.kit.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PeriodicWorkTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static boolean reached(CountDownLatch latch) throws InterruptedException {
        return latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void aFaultEndsNothing() throws InterruptedException {
        var times = new CountDownLatch(3);
        var work = new PeriodicWork(Thread.ofVirtual().name("faulty"), Duration.ofMillis(1), () -> {
            times.countDown();
            throw new IllegalStateException("a fault of the test");
        });
        work.start();
        try {
            assertTrue(reached(times), "it goes on");
        } finally {
            work.stop();
        }
    }

    @Test
    void itIsDoneAtOnceAndTheEndWaitsForNoPause() throws InterruptedException {
        var done = new CountDownLatch(1);
        var work = new PeriodicWork(Thread.ofVirtual().name("daily"), Duration.ofDays(1), done::countDown);
        work.start();
        assertTrue(reached(done), "at once");
        assertTimeoutPreemptively(LIMIT, work::stop);
    }

    @Test
    void afterItsEndItIsDoneNoMoreAndWhatWasUnderWayWasNotInterrupted() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var times = new AtomicInteger();
        var interrupted = new AtomicInteger();
        var work = new PeriodicWork(Thread.ofPlatform().name("slow"), Duration.ZERO, () -> {
            begun.countDown();
            try {
                reached(goOn);
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
            times.incrementAndGet();
        });
        work.start();
        assertTrue(reached(begun));
        var end = Thread.ofVirtual().start(work::stop);
        goOn.countDown();
        assertTrue(end.join(LIMIT), "it ends");
        var after = times.get();
        work.stop();
        assertEquals(after, times.get());
        assertEquals(0, interrupted.get());
    }

    @Test
    void whatWasNeverStartedEnds() {
        assertTimeoutPreemptively(
                LIMIT, () -> new PeriodicWork(Thread.ofVirtual(), Duration.ofDays(1), () -> {}).stop());
    }
}
