package dev.portcullis.analysis.source.otlp;

/** A data point that is not taken in. */
final class RefusedPointException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String value;

    RefusedPointException(Refusal refusal) {
        this(refusal, "");
    }

    /** @param value as it was sent */
    RefusedPointException(Refusal refusal, String value) {
        super(refusal.reason());
        this.refusal = refusal;
        this.value = value;
    }

    /** The end of a sentence about the series of the point. */
    String ofSeries() {
        return "was sent " + (value.isEmpty() ? "" : "as " + value + " ") + "and cannot be counted: "
                + refusal.reason();
    }

    /** Why. */
    Refusal refusal() {
        return refusal;
    }
}
