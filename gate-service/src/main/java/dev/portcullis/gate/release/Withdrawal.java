package dev.portcullis.gate.release;

import java.time.Instant;

/**
 * That somebody takes his approval back.
 *
 * @param time when
 * @param reason why
 */
public record Withdrawal(Instant time, String reason) {}
