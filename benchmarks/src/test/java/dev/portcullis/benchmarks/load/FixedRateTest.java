package dev.portcullis.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FixedRateTest {
    private static final long START = 1_000;
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    /** Two milliseconds of warm-up, three that are measured. */
    private static final Phases PHASES = new Phases(START, START + 2 * MILLI, START + 5 * MILLI);

    private final AtomicLong clock = new AtomicLong(START);
    private final FixedRate rate = new FixedRate(1_000, PHASES, clock::get, clock::addAndGet);

    @Test
    void questionsComeAtTheirMomentsUntilTheEnd() throws Exception {
        for (var i = 0; i < 5; i++) {
            assertEquals(OptionalLong.of(START + i * MILLI), rate.next());
            assertEquals(START + i * MILLI, clock.get());
        }
        assertEquals(OptionalLong.empty(), rate.next());
    }

    @Test
    void aQuestionThatIsLateCountsFromItsMoment() throws Exception {
        rate.next();
        clock.addAndGet(3 * MILLI);
        assertEquals(OptionalLong.of(START + MILLI), rate.next());
        assertEquals(OptionalLong.of(START + 2 * MILLI), rate.next());
        assertEquals(START + 3 * MILLI, clock.get());
    }

    @Test
    void aSleepThatEndsEarlyIsGoneOnWith() throws Exception {
        var halves = new FixedRate(1_000, PHASES, clock::get, left -> clock.addAndGet((left + 1) / 2));
        halves.next();
        assertEquals(OptionalLong.of(START + MILLI), halves.next());
        assertEquals(START + MILLI, clock.get());
    }

    @Test
    void whatWasDueInTheMeasuredTimeCountsWheneverItIsAnswered() {
        assertFalse(rate.counts(START + MILLI, START + 3 * MILLI));
        assertTrue(rate.counts(START + 4 * MILLI, START + 900 * MILLI));
    }

    @Test
    void aLoopCountsWhatIsAskedAndAnsweredInTheMeasuredTime() {
        var loop = new AskAgain(PHASES);
        assertFalse(loop.counts(START + MILLI, START + 3 * MILLI));
        assertTrue(loop.counts(START + 3 * MILLI, START + 4 * MILLI));
        assertFalse(loop.counts(START + 4 * MILLI, START + 5 * MILLI));
    }
}
