package dev.portcullis.launcher.drill;

/** A drill that was not made, with a message for the person who wanted it: what, with which value, what to do. */
public final class DrillException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DrillException(String message) {
        super(message);
    }
}
