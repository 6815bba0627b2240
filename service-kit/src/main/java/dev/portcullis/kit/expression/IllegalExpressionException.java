package dev.portcullis.kit.expression;

/** A text that is no expression of its language; its message says where and why in a line. */
public final class IllegalExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    IllegalExpressionException(String message) {
        super(message);
    }
}
