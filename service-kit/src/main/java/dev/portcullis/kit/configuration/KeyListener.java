package dev.portcullis.kit.configuration;

/** Who hears of every key that the readers of a configuration ask for, whether or not a file has it. */
@FunctionalInterface
public interface KeyListener {
    /** Hears nothing. */
    KeyListener NONE = description -> {};

    /** Called on the reading thread, several times for a key. */
    void asked(KeyDescription description);
}
