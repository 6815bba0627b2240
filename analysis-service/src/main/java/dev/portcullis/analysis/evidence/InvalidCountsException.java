package dev.portcullis.analysis.evidence;

/** Counts that no window can have, such as a negative number of requests. */
public final class InvalidCountsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidCountsException(String field, Object value, String legal) {
        super(field + " is " + value + ", must be " + legal);
        this.field = field;
    }

    /** The field at fault within the counts, for instance {@code bad}. */
    public String field() {
        return field;
    }
}
