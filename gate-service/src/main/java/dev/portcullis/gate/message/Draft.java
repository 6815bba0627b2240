package dev.portcullis.gate.message;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that is to be delivered now.
 *
 * @param thread where the messages before it about the same release stand, in the messenger's own words; empty when there are none
 * @param doubtful whether it was begun before, and may have been taken
 * @param links addresses of pages
 * @param now when it is sent
 */
public record Draft(Message message, Optional<String> thread, boolean doubtful, MessageLinks links, Instant now) {}
