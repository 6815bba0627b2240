package dev.portcullis.benchmarks.load;

import java.time.Duration;

/** When measuring begins and ends, by {@link System#nanoTime}. */
record Phases(Duration measured, long begin, long end) {
    static Phases beginningNow(Duration warmUp, Duration measured) {
        var begin = System.nanoTime() + warmUp.toNanos();
        return new Phases(measured, begin, begin + measured.toNanos());
    }

    boolean over() {
        return System.nanoTime() - end >= 0;
    }

    /** Whether a question asked and answered at these times is measured as a whole. */
    boolean cover(long asked, long answered) {
        return asked - begin >= 0 && answered - end <= 0;
    }
}
