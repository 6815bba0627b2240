package dev.portcullis.gate.release;

/** A person's promotion of a release that has failed, which did not say that it is against the FAIL; nothing was changed. */
public final class ReleaseFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public ReleaseFailedException(String name) {
        super(
                "release " + name
                        + " has failed, and is promoted against the FAIL alone: by an admin who says so, after another person has approved it");
        this.name = name;
    }

    /** The release. */
    public String name() {
        return name;
    }
}
