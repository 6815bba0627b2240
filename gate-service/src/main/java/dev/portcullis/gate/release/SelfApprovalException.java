package dev.portcullis.gate.release;

/** An approval of a release by its own author. */
public final class SelfApprovalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String author;

    public SelfApprovalException(String name, String author) {
        super("'" + author + "' is the author of " + name + ", which needs another person's approval");
        this.name = name;
        this.author = author;
    }

    /** Of the release. */
    public String name() {
        return name;
    }

    /** As it was told of the release. */
    public String author() {
        return author;
    }
}
