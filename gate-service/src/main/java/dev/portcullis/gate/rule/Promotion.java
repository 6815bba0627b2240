package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import java.time.Instant;
import java.util.Optional;

/**
 * A promotion that rules are asked about.
 *
 * @param service that is released
 * @param details what is told of the release
 * @param release whose canary is to be promoted, as it is before the decision; empty when the question is whether a deploy may begin that would come to a promotion
 * @param moment when it is asked
 * @param byEvidence the PROMOTE that the evidence allows; empty when it allows none, or is not asked for
 */
public record Promotion(
        String service,
        ReleaseDetails details,
        Optional<Release> release,
        Instant moment,
        Optional<Decision> byEvidence) {
    /** One for which no evidence is asked. */
    public Promotion(String service, ReleaseDetails details, Optional<Release> release, Instant moment) {
        this(service, details, release, moment, Optional.empty());
    }

    /** That of a release's canary. */
    public static Promotion of(Release release, Instant moment) {
        return new Promotion(release.key().service(), release.start().details(), Optional.of(release), moment);
    }

    /** The one that a deploy which may begin now would come to. */
    public static Promotion ofDeploy(String service, ReleaseDetails details, Instant moment) {
        return new Promotion(service, details, Optional.empty(), moment);
    }

    /** The same, allowed by the evidence. */
    public Promotion on(Decision allowed) {
        return new Promotion(service, details, release, moment, Optional.of(allowed));
    }

    /** What the newest evidence says of the canary: that which allows the promotion, or else what is on record of the release. */
    public Optional<Decision> evidence() {
        return byEvidence.or(() -> release.flatMap(Release::current));
    }

    /** Whether the question is whether a deploy may begin. */
    public boolean isDeploy() {
        return release.isEmpty();
    }
}
