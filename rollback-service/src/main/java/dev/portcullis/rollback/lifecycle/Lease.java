package dev.portcullis.rollback.lifecycle;

import java.time.Duration;

/**
 * The right to work on a rollback, for a limited time. Whoever holds it renews it with each change that is written down; once it has run
 * out another replica may take it, with a larger fence, and from then on nothing the old holder writes is taken.
 *
 * @param holder which run of which replica has it
 * @param fence grows each time it changes hands
 */
public record Lease(String holder, long fence) {
    /** How long a holder that writes nothing keeps it, on the clock of the database. */
    public static final Duration LENGTH = Duration.ofSeconds(10);
}
