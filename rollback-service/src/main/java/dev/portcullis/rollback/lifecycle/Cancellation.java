package dev.portcullis.rollback.lifecycle;

import java.time.Instant;

/**
 * The wish to end a rollback before its next step.
 *
 * @param caller who wants it, as told
 * @param reason why, as told
 * @param time when it was written down
 */
public record Cancellation(String caller, String reason, Instant time) {}
