package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.List;

/** Reads the counters of releases, those of many at once. Thread-safe; blocks for a bounded time, some seconds at most. */
public interface CounterReader {
    /**
     * A reading for each request, in their order; never throws for what a metrics backend does, and what one request meets does not
     * concern the others.
     *
     * @param moment when the counters are wanted; now or a moment ago
     */
    List<CounterReading> read(List<ReadRequest> requests, Instant moment);

    /** Whether all sources of the request can be asked for the past. */
    boolean remembers(ReadRequest request);

    /**
     * Readings of the past, in the order of the moments, and of the requests in each.
     *
     * @param requests each one that {@link #remembers} is true of
     */
    List<List<CounterReading>> readPast(List<ReadRequest> requests, Moments moments);
}
