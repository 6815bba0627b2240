package dev.portcullis.rollback.lifecycle;

import dev.portcullis.rollback.plan.Mode;
import java.util.UUID;

/**
 * How a rollback came about.
 *
 * @param token the preparation it was started from; each starts one rollback
 * @param requestId told by the caller of the start, to know a repeated call by; empty when there is none
 * @param caller who started it, as told
 * @param mode what it is run against
 * @param traceparent the W3C trace context of the call that started it, which every step continues; empty when there was none
 */
public record RollbackOrigin(UUID token, String requestId, String caller, Mode mode, String traceparent) {}
