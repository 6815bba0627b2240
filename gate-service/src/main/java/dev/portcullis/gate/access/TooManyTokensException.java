package dev.portcullis.gate.access;

/** A holder who has as many good tokens as one may have. */
public final class TooManyTokensException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String holder;

    public TooManyTokensException(String holder) {
        super("'" + holder + "' has " + AccessTokens.MOST_GOOD + " good tokens already; revoke one first");
        this.holder = holder;
    }

    /** Who has them. */
    public String holder() {
        return holder;
    }
}
