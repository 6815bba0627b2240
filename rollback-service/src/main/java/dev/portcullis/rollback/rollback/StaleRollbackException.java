package dev.portcullis.rollback.rollback;

/** A change of a rollback by somebody who had not seen its latest version: another replica works on it. */
public final class StaleRollbackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StaleRollbackException(Rollback next) {
        super(next.name() + " is no longer at version " + (next.life().version() - 1)
                + ": another replica works on it; this change is dropped");
    }
}
