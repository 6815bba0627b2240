package dev.portcullis.launcher.peer;

/** A call that failed, with a message for the person who wanted it: what, why, what to do. */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean answered;

    PeerException(String message, boolean answered, Throwable cause) {
        super(message, cause);
        this.answered = answered;
    }

    /** Whether the service itself said no; otherwise it could not be reached, or did not answer in time. */
    public boolean answered() {
        return answered;
    }
}
