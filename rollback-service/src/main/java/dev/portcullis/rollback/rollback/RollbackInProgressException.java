package dev.portcullis.rollback.rollback;

/** A service whose rollback has not ended yet: one at a time. */
public final class RollbackInProgressException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Rollback active;

    public RollbackInProgressException(Rollback active) {
        super(active.name() + " of service '" + active.order().service() + "' is still " + active.state()
                + "; nothing was started: wait for its end");
        this.active = active;
    }

    public Rollback active() {
        return active;
    }
}
