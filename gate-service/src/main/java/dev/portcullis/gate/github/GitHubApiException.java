package dev.portcullis.gate.github;

/** GitHub did not take what it was told. The fault, which is the message too, is one line without secrets. */
public final class GitHubApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fault;
    private final boolean gone;

    /** @param gone whether GitHub no longer waits for an answer, so that trying again is of no use */
    public GitHubApiException(String fault, boolean gone) {
        super(fault);
        this.fault = fault;
        this.gone = gone;
    }

    public String fault() {
        return fault;
    }

    public boolean gone() {
        return gone;
    }
}
