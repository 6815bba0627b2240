package dev.portcullis.rollback.recovery;

import java.time.Duration;
import java.util.UUID;

/**
 * Is a service served well again by the version that its traffic was given back to? One question has one answer: to ask anew, for
 * instance after "not recovered", takes a new id.
 *
 * @param id names the question: the same id is the same measuring
 * @param service whose SLOs are to be kept, e.g. "checkout"
 * @param revision the restored version: the value of the arm label on its series
 * @param within the time after which it is undecided, {@link #SHORTEST} to {@link #LONGEST}, counted from the first asking
 */
public record RecoveryQuestion(UUID id, String service, String revision, Duration within) {
    /** The shortest time: in less, hardly any service has requests enough to tell. */
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /** The longest time. */
    public static final Duration LONGEST = Duration.ofHours(6);

    /** Refuses a time out of its range. */
    public RecoveryQuestion {
        if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("within is " + within + "; legal: " + SHORTEST + " to " + LONGEST);
        }
    }
}
