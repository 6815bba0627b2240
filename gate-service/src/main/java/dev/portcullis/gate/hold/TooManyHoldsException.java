package dev.portcullis.gate.hold;

/** As many holds as may be active at once. */
public final class TooManyHoldsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TooManyHoldsException() {
        super(PromotionHolds.MOST_ACTIVE + " holds are active already; end one first");
    }
}
