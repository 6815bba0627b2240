package dev.portcullis.gate.message;

import java.time.Instant;
import java.util.Optional;

/**
 * What is still to be delivered, of all replicas together.
 *
 * @param count how many messages
 * @param oldest when the oldest was written; empty when there is none
 */
public record MessageBacklog(long count, Optional<Instant> oldest) {}
