package dev.portcullis.gate.release;

/** A release that cannot be tried again. */
public final class NotRetriableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /** @param why what stands against it, and what can be done */
    public NotRetriableException(String name, String why) {
        super("release " + name + " cannot be tried again: " + why);
        this.name = name;
    }

    /** Of the release. */
    public String name() {
        return name;
    }
}
