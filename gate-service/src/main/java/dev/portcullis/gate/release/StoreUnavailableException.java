package dev.portcullis.gate.release;

/** The store cannot be reached or refuses, so nothing was read or recorded. The message is one line. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
