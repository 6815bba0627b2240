package dev.portcullis.rollback.lifecycle;

import java.util.UUID;

/** A rollback nobody wrote down. */
public final class UnknownRollbackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final UUID id;

    public UnknownRollbackException(UUID id) {
        super("no rollback rollbacks/" + id);
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
