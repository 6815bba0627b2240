package dev.portcullis.gate.release;

/** A resource name that names no release. */
public final class ReleaseNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public ReleaseNotFoundException(String name) {
        super("no release " + name);
        this.name = name;
    }

    /** The name asked for. */
    public String name() {
        return name;
    }
}
