package dev.portcullis.gate.feed;

/** A question cannot be answered by what is in memory, or not without writing something: it has to be asked where things are kept. Has no stack trace, for it is no fault. */
public final class NotInMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotInMemoryException() {
        super("not in memory", null, false, false);
    }
}
