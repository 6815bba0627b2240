package dev.portcullis.kit.transparency;

/** What is kept of a log contradicts itself. The message is one line for people. */
public final class LogDamageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogDamageException(String message) {
        super(message);
    }
}
