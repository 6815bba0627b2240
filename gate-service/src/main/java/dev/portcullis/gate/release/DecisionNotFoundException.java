package dev.portcullis.gate.release;

/** A resource name that names no decision. */
public final class DecisionNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public DecisionNotFoundException(String name) {
        super("no decision " + name);
        this.name = name;
    }

    /** The name asked for. */
    public String name() {
        return name;
    }
}
