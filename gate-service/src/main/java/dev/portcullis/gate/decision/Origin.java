package dev.portcullis.gate.decision;

import java.time.Instant;
import java.util.UUID;

/**
 * Where a decision comes from.
 *
 * @param id the decision's id
 * @param actor who decided
 * @param comment a person's reason; empty for the gate's own decisions
 * @param step the rollout's step as the caller named it; may be empty
 * @param traceId W3C trace id, 32 hex digits; empty when not traced
 * @param traceparent the same trace as work stored beside the decision continues it; empty when not traced
 * @param time when, to the microsecond
 */
public record Origin(
        UUID id, String actor, String comment, String step, String traceId, String traceparent, Instant time) {
    /** Actor of the gate's own decisions. */
    public static final String GATE = "gate";
}
