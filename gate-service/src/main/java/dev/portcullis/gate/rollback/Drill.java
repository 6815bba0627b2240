package dev.portcullis.gate.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A rehearsal of a service's rollback.
 *
 * @param rollback "rollbacks/{uuid}"
 * @param mode what it was run against, in rollback-service's word: DRY_RUN or STAGING
 * @param state how it stands, in rollback-service's word, e.g. SUCCEEDED
 * @param started when it was started
 * @param took from the start to the end; empty while it runs
 * @param trafficBackAfter from the start until users would have been off the bad revision; empty when it did not come to that yet
 * @param detail what happened last
 */
public record Drill(
        String rollback,
        String mode,
        String state,
        Instant started,
        Optional<Duration> took,
        Optional<Duration> trafficBackAfter,
        String detail) {}
