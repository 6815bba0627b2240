package dev.portcullis.launcher.explain;

/** A decision cannot be computed again; the message says why. */
public final class ExplainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the person who asked */
    public ExplainException(String message) {
        super(message);
    }

    /** The same with what was thrown. */
    public ExplainException(String message, Throwable cause) {
        super(message, cause);
    }
}
