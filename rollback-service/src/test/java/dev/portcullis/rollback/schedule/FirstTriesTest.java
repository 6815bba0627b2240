package dev.portcullis.rollback.schedule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FirstTriesTest {
    /** Clocks of this kind may be below zero. */
    private final AtomicLong now = new AtomicLong(Long.MIN_VALUE);

    private final FirstTries tries = new FirstTries(now::get);

    @Test
    void eightWithinTwoSecondsAreMany() {
        begin(7);
        assertFalse(tries.areMany());
        begin(1);
        assertTrue(tries.areMany());
    }

    @Test
    void thoseOfLongerAgoDoNotCount() {
        begin(8);
        pass(Duration.ofSeconds(2));
        assertFalse(tries.areMany());
        begin(7);
        assertFalse(tries.areMany());
        pass(Duration.ofMillis(1_999));
        begin(1);
        assertTrue(tries.areMany());
    }

    @Test
    void oneEveryThreeHundredMillisecondsIsNotMany() {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(300));
            begin(1);
            assertFalse(tries.areMany());
        }
    }

    private void begin(int number) {
        for (int i = 0; i < number; i++) {
            tries.add();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
