package dev.portcullis.analysis.diagnosis;

/** A source that could not be looked at. The message is one line, without secrets. */
public final class SourceTroubleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    /** @param detail the source's own words, with its address */
    public SourceTroubleException(Trouble trouble, String detail) {
        super(detail);
        this.trouble = trouble;
    }

    /** Why. */
    public Trouble trouble() {
        return trouble;
    }

    /** The source's own words. */
    String detail() {
        return String.valueOf(getMessage());
    }
}
