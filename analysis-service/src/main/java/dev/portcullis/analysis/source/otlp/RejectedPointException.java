package dev.portcullis.analysis.source.otlp;

/** A data point that is not taken in. */
final class RejectedPointException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final String value;

    RejectedPointException(RejectionReason reason) {
        this(reason, "");
    }

    /** @param value as it was sent */
    RejectedPointException(RejectionReason reason, String value) {
        super(reason.reason());
        this.reason = reason;
        this.value = value;
    }

    /** The end of a sentence about the series of the point. */
    String ofSeries() {
        return "was sent " + (value.isEmpty() ? "" : "as " + value + " ") + "and cannot be counted: " + reason.reason();
    }

    /** Why. */
    RejectionReason reason() {
        return reason;
    }
}
