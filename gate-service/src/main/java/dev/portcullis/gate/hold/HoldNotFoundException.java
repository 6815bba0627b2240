package dev.portcullis.gate.hold;

/** A name of a hold that names none. */
public final class HoldNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public HoldNotFoundException(String name) {
        super("no hold " + name);
        this.name = name;
    }

    /** The name asked for. */
    public String name() {
        return name;
    }
}
