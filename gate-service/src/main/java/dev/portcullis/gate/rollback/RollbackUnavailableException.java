package dev.portcullis.gate.rollback;

/** rollback-service could not be asked, or its answer was lost: a start may have begun, and asking again with the same token does no harm. */
public final class RollbackUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param detail why, one line */
    public RollbackUnavailableException(String detail) {
        super(detail);
    }
}
