package dev.portcullis.gate.policy;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.PolicyVersion;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.PromotionRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The gate's part of a ReleasePolicy.
 *
 * @param name of the ReleasePolicy
 * @param service the service it is for
 * @param undecided what to do at the deadline
 * @param onFail what a FAIL does, by the severity of what fails
 * @param skipAnalysis labels as {@code name=value}: a release with any of them is promoted without a verdict
 * @param bakeAfter how long releases are watched after their promotion; empty for not at all
 * @param rules what may hold a promotion of the service, in the order in which they are asked
 * @param text the whole ReleasePolicy as YAML, for the record
 */
public record GatePolicy(
        String name,
        String service,
        UndecidedAction undecided,
        FailActions onFail,
        List<String> skipAnalysis,
        Optional<Duration> bakeAfter,
        List<PromotionRule> rules,
        String text) {
    public GatePolicy {
        skipAnalysis = List.copyOf(skipAnalysis);
        rules = List.copyOf(rules);
    }

    /** One without rules. */
    public GatePolicy(String name, String service, UndecidedAction undecided) {
        this(name, service, undecided, FailActions.ABORT, List.of(), Optional.empty(), List.of(), "");
    }

    /** What a release becomes that has just been promoted: it has ended, unless it is watched on. */
    public Release promoted(Release release) {
        return release.start().dryRun() || release.watchedUntil().isPresent()
                ? release
                : bakeAfter.map(release::watchedFor).orElse(release);
    }

    /** As it is recorded with the decisions that are made by it. */
    public PolicyVersion version() {
        return new PolicyVersion(name, undecided.word(), onFail.words(), text);
    }

    /**
     * What to do with an open release of the service by what analysis-service replied, without the rules.
     *
     * @param details what is told of it
     */
    public Decision decide(AnalysisReply reply, ReleaseDetails details) {
        var byEvidence = DecisionRules.decide(reply, undecided, onFail);
        return skips(details) ? DecisionRules.skipping(reply, byEvidence) : byEvidence;
    }

    private boolean skips(ReleaseDetails details) {
        return details.labels().entrySet().stream()
                .anyMatch(label -> skipAnalysis.contains(label.getKey() + "=" + label.getValue()));
    }
}
