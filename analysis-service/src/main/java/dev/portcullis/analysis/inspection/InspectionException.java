package dev.portcullis.analysis.inspection;

/** A source that could not be looked at. The message is one line, without secrets. */
public final class InspectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final InspectionFailure failure;

    /** @param detail the source's own words, with its address */
    public InspectionException(InspectionFailure failure, String detail) {
        super(detail);
        this.failure = failure;
    }

    /** Why. */
    public InspectionFailure failure() {
        return failure;
    }

    /** The source's own words. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
