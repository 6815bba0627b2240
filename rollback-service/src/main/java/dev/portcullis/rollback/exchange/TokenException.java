package dev.portcullis.rollback.exchange;

/** A token that cannot be had; the message says where it should be and never what it is. */
public final class TokenException extends Exception {
    private static final long serialVersionUID = 1;

    private final String fault;

    TokenException(String fault) {
        super(fault);
        this.fault = fault;
    }

    public String fault() {
        return fault;
    }
}
