package dev.portcullis.kit.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition, with a limit after which the test fails and says what was waited for. */
public final class Await {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    /** Longer, and what is to be seen may be over; shorter, and the looks take a processor from what is waited for. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** Waits until the condition holds. */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        value(what, limit, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until there is a value, and answers it. A look that throws counts as "not yet". */
    public static <T> T value(String what, Duration limit, Callable<Optional<T>> look) {
        var end = System.nanoTime() + limit.toNanos();
        var pause = FIRST_PAUSE.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                var value = look.call();
                if (value.isPresent()) {
                    return value.get();
                }
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
        }
        throw new AssertionError("waited " + limit + " in vain for: " + what, last);
    }
}
