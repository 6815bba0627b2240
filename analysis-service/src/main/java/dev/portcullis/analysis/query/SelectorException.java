package dev.portcullis.analysis.query;

/** A query that is no plain vector selector. The message is one line: what was found, at which column, and what is legal. */
public final class SelectorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int column;

    /**
     * A fault.
     *
     * @param column where in the query, counted from 1
     * @param reason one line
     */
    public SelectorException(int column, String reason) {
        super("column " + column + ": " + reason);
        this.column = column;
    }

    /** Where in the query, counted from 1. */
    public int column() {
        return column;
    }
}
