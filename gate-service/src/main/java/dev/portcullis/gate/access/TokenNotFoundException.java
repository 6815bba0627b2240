package dev.portcullis.gate.access;

/** A name of a token that names none. */
public final class TokenNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public TokenNotFoundException(String name) {
        super("no token " + name);
        this.name = name;
    }

    /** The name asked for. */
    public String name() {
        return name;
    }
}
