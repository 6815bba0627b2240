package dev.portcullis.gate.decision;

import java.util.Set;

/** Why a decision was made. The names are part of the product's outside: they go over the wire and into the database. */
public enum DecisionReason {
    /** PROMOTE: every gating test shows the canary within its limits. */
    CANARY_WITHIN_LIMITS(Outcome.PROMOTE),
    /** ABORT: an SLO test shows the canary beyond the SLO's limit. */
    SLO_VIOLATED(Outcome.ABORT),
    /** ABORT: a baseline test shows the canary worse than the stable version. */
    WORSE_THAN_BASELINE(Outcome.ABORT),
    /** ABORT: only all tests together show the canary beyond its limits. */
    COMBINED_EVIDENCE(Outcome.ABORT),
    /** HOLD: the evidence decides nothing yet. */
    NOT_ENOUGH_EVIDENCE(Outcome.HOLD),
    /** HOLD: the canary has served no request. */
    NO_DATA(Outcome.HOLD),
    /** HOLD: the metrics source could not be read. */
    METRICS_UNREACHABLE(Outcome.HOLD),
    /** HOLD: no policy names this service. */
    UNKNOWN_SERVICE(Outcome.HOLD),
    /** HOLD: analysis-service could not be asked. */
    ANALYSIS_UNAVAILABLE(Outcome.HOLD),
    /** HOLD: the gate's database could not be reached, so nothing could be recorded. */
    STORE_UNAVAILABLE(Outcome.HOLD),
    /** HOLD or ABORT: the deadline passed undecided. */
    DEADLINE_UNDECIDED(Outcome.HOLD, Outcome.ABORT),
    /** PROMOTE: the deadline passed undecided and the policy promotes without proof. */
    PROMOTED_WITHOUT_PROOF(Outcome.PROMOTE),
    /** PROMOTE: a person decided. */
    PROMOTED_BY_PERSON(Outcome.PROMOTE),
    /** PROMOTE: a person decided against a FAIL, with the approval of a second one. */
    PROMOTED_AGAINST_FAIL(Outcome.PROMOTE),
    /** ABORT: a person decided. */
    ABORTED_BY_PERSON(Outcome.ABORT),
    /** PROMOTE: what moves the traffic gave the canary to all users and said so; the gate recorded it. */
    PROMOTED_BY_CONTROLLER(Outcome.PROMOTE),
    /** ABORT: what moves the traffic took the canary back and said so; the gate recorded it, and orders no rollback. */
    ABORTED_BY_CONTROLLER(Outcome.ABORT),
    /** HOLD: the canary of a newer release of the same rollout serves users. */
    RELEASE_SUPERSEDED(Outcome.HOLD),
    /** HOLD: the analysis was cancelled while the release was open. */
    ANALYSIS_CANCELLED(Outcome.HOLD),
    /** PROMOTE: the score of the Mann-Whitney judge passed at the deadline; no bound on errors is stated. */
    SCORE_PASSED(Outcome.PROMOTE),
    /** ABORT: the score of the Mann-Whitney judge failed at a look; no bound on errors is stated. */
    SCORE_FAILED(Outcome.ABORT),
    /** HOLD, beside NOT_ENOUGH_EVIDENCE: at this traffic a PASS cannot be shown before the deadline. */
    TOO_LITTLE_TRAFFIC(Outcome.HOLD),
    /** HOLD: the canary served no request up to the deadline, so the release has ended. */
    RELEASE_EXPIRED(Outcome.HOLD),
    /** HOLD: analysis-service refuses to judge what the release names. */
    ANALYSIS_REFUSED(Outcome.HOLD),
    /** HOLD: the canary is the stable version of an open release of the same rollout. */
    CANARY_IS_STABLE(Outcome.HOLD),
    /** HOLD: the gate could not find out before its caller would give up, so nothing was recorded for this answer. */
    ANSWER_TIMEOUT(Outcome.HOLD),
    /** HOLD: the gate failed by a fault of its own, so nothing was recorded. */
    INTERNAL_ERROR(Outcome.HOLD),
    /** HOLD: the caller makes more calls in a second than are served, so nothing was looked for. */
    TOO_MANY_CALLS(Outcome.HOLD),
    /** PROMOTE, before a deploy: nothing is known that speaks against it. */
    NOTHING_AGAINST_DEPLOY(Outcome.PROMOTE),
    /** HOLD, before a deploy: the rollback of the service's last aborted release is not at its end. */
    ROLLBACK_RUNNING(Outcome.HOLD),
    /** HOLD, before a deploy: rollback-service could not be asked whether a rollback of the service is at its end. */
    ROLLBACK_UNAVAILABLE(Outcome.HOLD),
    /** HOLD, after a deploy: the canary passed, but its analysis still runs, and a later FAIL would override the PASS. */
    ANALYSIS_RUNNING(Outcome.HOLD),
    /** HOLD: a promotion window of the configuration folder says that the service may not be promoted now. */
    PROMOTION_FROZEN(Outcome.HOLD),
    /** HOLD: a person has stopped the promotions of the service. */
    PROMOTION_STOPPED(Outcome.HOLD),
    /** HOLD: a person holds this release. */
    RELEASE_HELD(Outcome.HOLD),
    /** HOLD: fewer people have approved the release than the policy wants. */
    APPROVAL_MISSING(Outcome.HOLD),
    /** HOLD: the release belongs to a release group, of which others are not ready yet, or come first. */
    GROUP_WAITS(Outcome.HOLD),
    /** ABORT: another release of the same change of its release group was aborted. */
    GROUP_ABORTED(Outcome.ABORT),
    /** HOLD: a rule of the ReleasePolicy wants the canary to serve users for longer. */
    BAKE_UNFINISHED(Outcome.HOLD),
    /** HOLD: an expression of the ReleasePolicy is false, or a webhook of it does not allow the promotion. */
    RULE_HELD(Outcome.HOLD),
    /** HOLD: an expression of the ReleasePolicy could not be evaluated. */
    RULE_ERROR(Outcome.HOLD),
    /** HOLD: less of an error budget of the service is left than the ReleasePolicy wants. */
    BUDGET_LOW(Outcome.HOLD),
    /** HOLD: less of an error budget of the service is left than the ReleasePolicy wants without approvals, and they are missing. */
    BUDGET_NEEDS_APPROVAL(Outcome.HOLD),
    /** HOLD: a service that this one depends on burns its error budget so fast that somebody is called. */
    DEPENDENCY_BURNS(Outcome.HOLD),
    /** HOLD: as many releases of a group of services are in progress as the ReleasePolicy lets be. */
    TOO_MANY_RELEASES(Outcome.HOLD),
    /** PROMOTE: the ReleasePolicy skips the analysis for a release with its labels. */
    ANALYSIS_SKIPPED(Outcome.PROMOTE),
    /** HOLD: what is left of an error budget of the service is not known. */
    BUDGET_UNKNOWN(Outcome.HOLD),
    /** ABORT or HOLD: the version failed while it was watched after its promotion. */
    FAILED_AFTER_PROMOTION(Outcome.ABORT, Outcome.HOLD),
    /** PROMOTE: the version was watched after its promotion, and did not fail. */
    PROMOTION_WATCHED(Outcome.PROMOTE),
    /** HOLD: the canary failed by objectives for which the policy has a person decide. */
    FAIL_NEEDS_PERSON(Outcome.HOLD),
    /** HOLD: the canary has had another share of the requests than the ReleasePolicy expects. */
    TRAFFIC_SHARE_OFF(Outcome.HOLD),
    /** HOLD: a webhook of the ReleasePolicy could not be asked, or its answer could not be read; or it is not known which releases are in progress. */
    RULE_UNAVAILABLE(Outcome.HOLD),
    /** PROMOTE: the question was asked as a dry run, which is answered so whatever was decided. */
    DRY_RUN(Outcome.PROMOTE);

    private final Set<Outcome> outcomes;

    DecisionReason(Outcome... outcomes) {
        this.outcomes = Set.of(outcomes);
    }

    /** What can be decided for this reason when it is the most important one. */
    public Set<Outcome> outcomes() {
        return outcomes;
    }
}
