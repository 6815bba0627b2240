package dev.portcullis.analysis.source.otlp;

/** A data point that is not taken in. */
final class RefusedPointException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    RefusedPointException(Refusal refusal) {
        super(refusal.reason());
        this.refusal = refusal;
    }

    /** Why. */
    Refusal refusal() {
        return refusal;
    }
}
