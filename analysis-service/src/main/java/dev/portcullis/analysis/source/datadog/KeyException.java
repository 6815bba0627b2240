package dev.portcullis.analysis.source.datadog;

/** A key that cannot be read. The message is one line and says where it was looked for, never what was found. */
final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    KeyException(String message) {
        super(message);
    }
}
