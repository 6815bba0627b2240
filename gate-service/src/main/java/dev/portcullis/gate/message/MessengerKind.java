package dev.portcullis.gate.message;

import dev.portcullis.kit.configuration.YamlMapping;

/** The reader of one kind of messenger: what a MessageReceiver says of it. Stateless. */
public interface MessengerKind {
    /** The key of a MessageReceiver under which it stands, e.g. "slack". */
    String name();

    /**
     * Reads the keys of this kind; keys that nobody knows are not its business.
     *
     * @param receiver name of the receiver
     * @param settings the mapping below the kind's key; records what is wrong
     * @return the messenger, of no use when a fault was recorded
     */
    Messenger read(String receiver, YamlMapping settings);
}
