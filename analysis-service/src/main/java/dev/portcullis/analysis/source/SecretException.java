package dev.portcullis.analysis.source;

/** A secret that cannot be read. The message is one line and says where it was looked for, never what was found. */
public final class SecretException extends Exception {
    private static final long serialVersionUID = 1L;

    SecretException(String message) {
        super(message);
    }
}
