package dev.portcullis.gate.release;

/** A person's decision on a release that has ended already; nothing was changed. */
public final class ReleaseEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final ReleaseState state;

    public ReleaseEndedException(String name, ReleaseState state) {
        super("release " + name + " ended as " + state);
        this.name = name;
        this.state = state;
    }

    /** The release. */
    public String name() {
        return name;
    }

    /** How it ended. */
    public ReleaseState state() {
        return state;
    }
}
