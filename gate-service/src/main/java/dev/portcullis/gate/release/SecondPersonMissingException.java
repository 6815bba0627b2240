package dev.portcullis.gate.release;

/** A promotion against a FAIL that nobody else has approved; nothing was changed. */
public final class SecondPersonMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String decision;

    /** @param decision name of the decision that has to be approved */
    public SecondPersonMissingException(String name, String decision) {
        super(
                "nobody else has approved " + name + " since " + decision
                        + ", its latest decision; to promote it against its FAIL takes an approval of that by a person who is neither its author, nor who opened it, nor who promotes it");
        this.name = name;
        this.decision = decision;
    }

    /** The release. */
    public String name() {
        return name;
    }

    /** What has to be approved. */
    public String decision() {
        return decision;
    }
}
