package dev.portcullis.gate.github;

/** GitHub's REST API, as far as protection rules need it. Thread-safe. */
public interface GitHubApi {
    /** What GitHub is told. */
    enum Review {
        APPROVED,
        REJECTED,
        /** Neither: a comment beside the run, of which GitHub takes ten. */
        REPORT
    }

    /** The longest comment, in UTF-16 code units. */
    int LONGEST_COMMENT = 1024;

    /**
     * Tells GitHub about a request.
     *
     * @param comment Markdown, at most {@link #LONGEST_COMMENT} long
     * @throws GitHubApiException when GitHub did not take it
     */
    void review(GitHubApp app, ProtectionRule rule, Review review, String comment) throws GitHubApiException;
}
