package dev.portcullis.rollback.lifecycle;

import java.time.Instant;

/**
 * One line of a rollback's record: who did or saw what.
 *
 * @param time when
 * @param by a person or service as it called itself, or the replica that worked on it
 * @param state where in its life the rollback was then
 * @param step what it was about, e.g. "istio apply"; empty for the rollback as a whole
 * @param detail what happened
 * @param seenBefore what was seen at the target before; may be empty
 * @param seenAfter what was seen at the target after; may be empty
 */
public record RollbackEvent(
        Instant time,
        String by,
        RollbackState state,
        String step,
        String detail,
        String seenBefore,
        String seenAfter) {}
