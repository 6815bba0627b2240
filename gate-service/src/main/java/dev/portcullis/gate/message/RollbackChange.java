package dev.portcullis.gate.message;

import java.util.Optional;

/**
 * What was seen of a rollback that was not known.
 *
 * @param state in rollback-service's word
 * @param event what that is to tell; empty for nothing
 * @param rollback the one it is about
 * @param text what rollback-service says of it
 */
public record RollbackChange(String state, Optional<MessageEvent> event, String rollback, String text) {
    /** A state of a watched rollback. */
    public static RollbackChange of(String rollback, String state, String text) {
        var event =
                switch (state) {
                    case "SUCCEEDED" -> Optional.of(MessageEvent.ROLLBACK_SUCCEEDED);
                    case "NEEDS_HUMAN" -> Optional.of(MessageEvent.ROLLBACK_NEEDS_HUMAN);
                    case "FAILED" -> Optional.of(MessageEvent.ROLLBACK_FAILED);
                    case "CANCELLED" -> Optional.of(MessageEvent.ROLLBACK_CANCELLED);
                    default -> Optional.<MessageEvent>empty();
                };
        return new RollbackChange(state, event, rollback, text);
    }
}
