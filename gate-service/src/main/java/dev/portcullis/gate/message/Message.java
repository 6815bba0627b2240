package dev.portcullis.gate.message;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Something that one receiver is told. Immutable.
 *
 * @param id the same however often it is sent
 * @param receiver name of the MessageReceiver
 * @param severity as it was when it happened
 * @param opening whether the receiver is to treat what {@code news} tells as open from now on
 * @param ended what was open at the receiver and has ended by it
 */
public record Message(
        UUID id, String receiver, News news, MessageSeverity severity, boolean opening, Set<MessageEvent> ended) {
    public Message {
        ended = ended.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(ended));
    }

    public MessageEvent event() {
        return news.event();
    }

    public MessageSubject subject() {
        return news.subject();
    }
}
