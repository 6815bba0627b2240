package dev.portcullis.kit.transparency;

/** A text is no note, key, checkpoint or proof. The message is one line for people and never shows a part of a key. */
public final class LogFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogFormatException(String message) {
        super(message);
    }
}
