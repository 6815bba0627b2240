package dev.portcullis.gate.message;

import java.util.Map;

/**
 * What the configuration folder says of messages. Immutable.
 *
 * @param receivers by name
 */
public record MessageBook(Map<String, MessageReceiver> receivers, MessageRoutes routes) {
    /** Nobody is told anything. */
    public static final MessageBook EMPTY = new MessageBook(Map.of(), MessageRoutes.NONE);

    public MessageBook {
        receivers = Map.copyOf(receivers);
    }
}
