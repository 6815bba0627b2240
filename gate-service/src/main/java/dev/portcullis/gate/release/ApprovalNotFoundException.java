package dev.portcullis.gate.release;

/** An approval to be withdrawn that its caller has not given, or has withdrawn already; nothing was changed. */
public final class ApprovalNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /** @param person who withdraws it */
    public ApprovalNotFoundException(String name, String person) {
        super("there is no approval of " + name + " by '" + person + "'");
        this.name = name;
    }

    /** The release. */
    public String name() {
        return name;
    }
}
