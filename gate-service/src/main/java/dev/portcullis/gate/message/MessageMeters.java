package dev.portcullis.gate.message;

/** Hears what becomes of messages, to count it. Thread-safe. */
public interface MessageMeters {
    /** A message has ended. */
    void ended(MessageEnd end);

    /** An attempt failed, and is repeated. */
    void failed();
}
