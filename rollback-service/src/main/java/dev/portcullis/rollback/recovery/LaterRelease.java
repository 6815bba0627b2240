package dev.portcullis.rollback.recovery;

import java.time.Instant;

/** What is known of releases of a service that began after a moment. Not knowing is an answer of its own. */
public sealed interface LaterRelease {
    /**
     * One began.
     *
     * @param revision its canary: the value of the arm label on its series
     * @param analysis that judges it, "analyses/{uuid}"
     * @param beginTime when that began
     */
    record Begun(String revision, String analysis, Instant beginTime) implements LaterRelease {}

    /** None began. */
    record None() implements LaterRelease {}

    /** Nobody could be asked, and why. */
    record Unknown(String text) implements LaterRelease {}
}
