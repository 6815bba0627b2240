package dev.portcullis.benchmarks.load;

import java.time.Duration;

/**
 * When a load begins, and when measuring begins and ends, by {@link System#nanoTime}.
 *
 * @param start of the load
 * @param begin of what is measured
 * @param end of both
 */
record Phases(long start, long begin, long end) {
    static Phases beginningNow(Duration warmUp, Duration measured) {
        var start = System.nanoTime();
        var begin = start + warmUp.toNanos();
        return new Phases(start, begin, begin + measured.toNanos());
    }

    /** Whether a moment is before what is measured. */
    boolean isWarmUp(long moment) {
        return moment - begin < 0;
    }

    /** Whether a moment is after what is measured. */
    boolean isOver(long moment) {
        return moment - end >= 0;
    }
}
