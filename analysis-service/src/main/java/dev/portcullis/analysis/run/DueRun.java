package dev.portcullis.analysis.run;

import java.util.UUID;

/**
 * An analysis to be polled.
 *
 * @param id which one
 * @param traceparent W3C trace context of the call that began it; empty for none
 */
public record DueRun(UUID id, String traceparent) {}
