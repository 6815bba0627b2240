package dev.portcullis.gate.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a rollback goes on, step by step, as rollback-service tells it. States are its words.
 *
 * @param name "rollbacks/{uuid}"
 * @param service the service
 * @param release the release it belongs to; empty when it was started without one
 * @param from the bad revision
 * @param to the good revision
 * @param reason why it was started
 * @param caller who started it
 * @param mode LIVE, DRY_RUN or STAGING
 * @param status where in its life it is, and what happened last
 * @param steps what is done, in order
 * @param events its record, oldest first
 * @param begin when it was written down
 * @param end when it ended; empty before
 * @param trafficBack when users were seen off the bad revision; empty before
 * @param within the promise of its policy: how long after its beginning that may be; empty without one
 */
public record RollbackProgress(
        String name,
        String service,
        String release,
        String from,
        String to,
        String reason,
        String caller,
        String mode,
        RollbackStatus status,
        List<Step> steps,
        List<Event> events,
        Instant begin,
        Optional<Instant> end,
        Optional<Instant> trafficBack,
        Optional<Duration> within) {
    /** Keeps its own copies. */
    public RollbackProgress {
        steps = List.copyOf(steps);
        events = List.copyOf(events);
    }

    /**
     * A step.
     *
     * @param kind "apply", "confirm" or "verify"
     * @param target kind of target it works on; empty for "verify"
     * @param state PENDING, ACTIVE, DONE or GIVEN_UP
     * @param attempts how often it was tried
     * @param before what was seen before the last try; may be empty
     * @param after what was seen after it; may be empty
     * @param begin when it was first tried; empty before
     * @param end when it ended; empty before
     */
    public record Step(
            String kind,
            String target,
            String state,
            int attempts,
            String before,
            String after,
            Optional<Instant> begin,
            Optional<Instant> end) {}

    /**
     * A line of its record.
     *
     * @param by who did or saw it
     * @param step what it was about; empty for the rollback as a whole
     * @param detail what happened
     */
    public record Event(Instant time, String by, String step, String detail) {}
}
