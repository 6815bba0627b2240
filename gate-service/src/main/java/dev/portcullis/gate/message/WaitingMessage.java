package dev.portcullis.gate.message;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that was taken to be delivered.
 *
 * @param created when it was written
 * @param attempts before this one
 * @param doubtful whether one of them may have succeeded
 * @param thread where the messages before it about the same release stand at the receiver
 */
public record WaitingMessage(
        Message message, Instant created, int attempts, boolean doubtful, Optional<String> thread) {}
