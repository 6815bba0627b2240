package dev.portcullis.kit.expression;

/** An expression that is neither true nor false of what it was given; its message says where and why in a line. */
public final class EvaluationException extends Exception {
    private static final long serialVersionUID = 1L;

    EvaluationException(String message) {
        super(message);
    }
}
