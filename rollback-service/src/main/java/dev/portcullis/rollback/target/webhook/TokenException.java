package dev.portcullis.rollback.target.webhook;

/** A bearer token that cannot be had; the message says where it should be and never what it is. */
final class TokenException extends Exception {
    private static final long serialVersionUID = 1;

    private final String fault;

    TokenException(String fault) {
        super(fault);
        this.fault = fault;
    }

    String fault() {
        return fault;
    }
}
