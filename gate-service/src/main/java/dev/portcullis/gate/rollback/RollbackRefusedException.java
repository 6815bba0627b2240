package dev.portcullis.gate.rollback;

/** rollback-service says no, and would say the same again; nothing was changed. */
public final class RollbackRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason in rollback-service's word, e.g. "TOKEN_EXPIRED"; empty when it gave none
     * @param detail what it said, one line
     */
    public RollbackRefusedException(String reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** In rollback-service's word; may be empty. */
    public String reason() {
        return reason;
    }
}
