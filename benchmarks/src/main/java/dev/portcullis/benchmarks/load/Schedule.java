package dev.portcullis.benchmarks.load;

import java.util.OptionalLong;

/** When the clients of a load ask, and which answers are measured. Thread-safe. */
interface Schedule {
    /**
     * Waits until the calling client is to ask.
     *
     * @return the moment from which its latency counts, by {@link System#nanoTime}; empty when the load is over
     */
    OptionalLong next() throws InterruptedException;

    /** Whether an answer is measured, by the moment from which it counts and the moment at which it was there. */
    boolean counts(long asked, long answered);
}
