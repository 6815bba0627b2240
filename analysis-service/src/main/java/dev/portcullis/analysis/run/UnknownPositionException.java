package dev.portcullis.analysis.run;

/** A position that the store of the analyses has not given, so that nobody can say what has changed since. */
public final class UnknownPositionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownPositionException(Throwable cause) {
        super("the position was not given by this database", cause);
    }
}
