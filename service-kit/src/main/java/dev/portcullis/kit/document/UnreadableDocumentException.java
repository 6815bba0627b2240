package dev.portcullis.kit.document;

/** A stored document that cannot be read; its message names column, row, and field or version. Nothing of the row may be used or written then. */
public final class UnreadableDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean newer;

    UnreadableDocumentException(String message, boolean newer, Throwable cause) {
        super(message, cause);
        this.newer = newer;
    }

    UnreadableDocumentException(String message, boolean newer) {
        super(message);
        this.newer = newer;
    }

    /** Whether it was written by a newer version of the service, which can read it: nothing is wrong with it. */
    public boolean newer() {
        return newer;
    }
}
