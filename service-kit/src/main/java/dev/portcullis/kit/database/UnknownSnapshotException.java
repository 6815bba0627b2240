package dev.portcullis.kit.database;

/** A snapshot that the database has not given, so that nobody can say what has changed since. */
public final class UnknownSnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownSnapshotException(String snapshot) {
        super("'" + snapshot + "' is no snapshot that this database has given");
    }
}
