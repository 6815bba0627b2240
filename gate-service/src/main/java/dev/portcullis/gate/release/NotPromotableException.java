package dev.portcullis.gate.release;

/** An aborted release that is not to be promoted any more; nothing was changed. */
public final class NotPromotableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /** @param why what stands against it */
    public NotPromotableException(String name, String why) {
        super("release " + name + " cannot be promoted: " + why);
        this.name = name;
    }

    /** The release. */
    public String name() {
        return name;
    }
}
