package dev.portcullis.analysis.run;

/** What is stored of an analysis or of a stable version's past, and cannot be read; its message names column, row, and field or version. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean newer;

    /** @param newer whether a newer version of the service wrote it, which can read it */
    public UnreadableRecordException(String message, boolean newer, Throwable cause) {
        super(message, cause);
        this.newer = newer;
    }

    /** Whether a newer version of the service wrote it: nothing is wrong with it, and it is to be left alone. */
    public boolean newer() {
        return newer;
    }

    /** Why, in a sentence. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
