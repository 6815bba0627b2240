package dev.portcullis.rollback.rollback;

/** A service for which no policy names a rollback target. */
public final class NoRollbackTargetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String service;

    public NoRollbackTargetException(String service) {
        super("no ReleasePolicy of service '" + service
                + "' has a rollback target; nothing was started: add spec.rollback to its policy");
        this.service = service;
    }

    public String service() {
        return service;
    }
}
