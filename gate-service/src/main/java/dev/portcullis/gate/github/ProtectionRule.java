package dev.portcullis.gate.github;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A request of GitHub to allow a deployment or to refuse it, which waits for its answer. Immutable.
 *
 * @param delivery GitHub's id of the webhook that brought it
 * @param installation id of the app's installation
 * @param repositoryId id of the repository
 * @param repository "owner/name"
 * @param environment what is deployed to
 * @param run id of the workflow run
 * @param sha the commit that is deployed
 * @param traceparent of the webhook; empty when it was not traced
 * @param receivedAt when the webhook came
 * @param release the release that it is decided by; empty while none is known
 * @param reports how many status reports GitHub has been sent about it
 * @param reported the reasons in the latest of these; empty before the first
 * @param failures how many calls to GitHub in a row have failed
 */
public record ProtectionRule(
        String delivery,
        long installation,
        long repositoryId,
        String repository,
        String environment,
        long run,
        String sha,
        String traceparent,
        Instant receivedAt,
        Optional<UUID> release,
        int reports,
        String reported,
        int failures) {
    /** For people: environment 'production' of run 42 of shop/checkout. */
    public String shown() {
        return "environment '" + environment + "' of run " + run + " of " + repository;
    }
}
