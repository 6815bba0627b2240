package dev.portcullis.gate.release;

/** A request with a value that is not legal. The message is "field: fault". */
public final class InvalidFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String fault;

    public InvalidFieldException(String field, String fault) {
        super(field + ": " + fault);
        this.field = field;
        this.fault = fault;
    }

    /** The field to blame. */
    public String field() {
        return field;
    }

    /** What is wrong with it, in one line. */
    public String fault() {
        return fault;
    }
}
