package dev.portcullis.gate.release;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a release began with; fixed for its life, but for details that are told later.
 *
 * @param id also the idempotency key of its analysis
 * @param run which release of its key it is, from 1: a canary that comes back is another run
 * @param dryRun whether nobody goes by its decisions, so that nothing is rolled back
 * @param stable the stable version's arm label value; empty = none
 * @param traceparent trace of the request that opened it, which its reviews continue; empty when not traced
 * @param time when, to the microsecond
 * @param details what is told of it for the record
 * @param opener who asked first; empty where callers need not be known, and of one that was opened before this was kept
 * @param retry why it was opened though the run before had been decided on; empty when it was opened by a question
 */
public record ReleaseStart(
        UUID id,
        ReleaseKey key,
        int run,
        boolean dryRun,
        String stable,
        String traceparent,
        Instant time,
        ReleaseDetails details,
        String opener,
        Optional<Retry> retry) {
    /** The start of a release that is opened by a question. */
    public ReleaseStart(
            UUID id,
            ReleaseKey key,
            int run,
            boolean dryRun,
            String stable,
            String traceparent,
            Instant time,
            ReleaseDetails details) {
        this(id, key, run, dryRun, stable, traceparent, time, details, "", Optional.empty());
    }

    /** The start of a release of which nothing is told. */
    public ReleaseStart(
            UUID id, ReleaseKey key, int run, boolean dryRun, String stable, String traceparent, Instant time) {
        this(id, key, run, dryRun, stable, traceparent, time, ReleaseDetails.NONE);
    }

    ReleaseStart with(ReleaseDetails told) {
        return new ReleaseStart(id, key, run, dryRun, stable, traceparent, time, told, opener, retry);
    }
}
