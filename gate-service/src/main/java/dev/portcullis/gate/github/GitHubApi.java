package dev.portcullis.gate.github;

import java.time.Instant;
import java.util.List;

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

    /**
     * The attempts to deliver requests to the app, newest first: of the thousand latest deliveries of any event.
     *
     * @param since only those after this
     * @throws GitHubApiException when GitHub did not tell
     */
    List<HookDelivery> deliveries(GitHubApp app, Instant since) throws GitHubApiException;

    /**
     * Has a webhook delivered once more.
     *
     * @throws GitHubApiException when GitHub did not take that
     */
    void redeliver(GitHubApp app, HookDelivery delivery) throws GitHubApiException;
}
