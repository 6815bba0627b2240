package dev.portcullis.gate.message;

import java.net.URI;
import java.util.Optional;

/** The way to one receiver, as the configuration has it. An immutable value; thread-safe. */
public interface Messenger {
    /**
     * Delivers a message, or says why not; never throws for what the other side does. What was begun before and may have been taken is not to be seen twice, as far as
     * the other side allows for that.
     *
     * @param transport by which the other side is asked, a few times at most
     */
    Delivery deliver(Draft draft, MessageTransport transport);

    /**
     * What keeps the receiver from being reached, as far as that can be told without a message.
     *
     * @return a line for people; empty when nothing does
     */
    Optional<String> obstacle(MessageTransport transport);

    /** Where it is reached; without what may be secret. */
    URI address();

    /** How people know it, such as "Slack channel C0123"; without secrets. */
    String described();
}
