package dev.portcullis.rollback.lifecycle;

/** A change of a rollback by somebody who had not seen its latest version, or whose lease has run out: another replica works on it. */
public final class StaleRollbackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StaleRollbackException(Rollback next) {
        super(next.name() + " is no longer at version " + (next.status().version() - 1)
                + " or its lease has gone to somebody else: another replica works on it; this change is dropped");
    }
}
