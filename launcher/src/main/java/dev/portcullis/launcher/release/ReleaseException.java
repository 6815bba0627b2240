package dev.portcullis.launcher.release;

/** A release that could not be told, with a message for the person who asked: what, with which value, what is legal. */
public final class ReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReleaseException(String message) {
        super(message);
    }
}
