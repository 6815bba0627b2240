package dev.portcullis.kit.http;

/** An HTTP exchange that ended without a response: refused, too slow, cut off, or its circuit breaker open. The message is one line, without secrets. */
public final class HttpCallException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No connection; the request was not sent. */
        CONNECT,
        /** There is no secure connection, as a rule since one side does not accept the other. If it broke later, the request may have been carried out. */
        TLS,
        /** The answer is larger than is read; the request was carried out. */
        TOO_LARGE,
        /** The deadline passed; the request may have been carried out. */
        TIMEOUT,
        /** The connection broke; the request may have been carried out. */
        BROKEN,
        /** The circuit breaker is open; the request was not sent. */
        BREAKER_OPEN
    }

    private final Kind kind;

    HttpCallException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
