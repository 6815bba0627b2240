package dev.portcullis.gate.decision;

/** Why a decision was made. The names are part of the product's outside: they go over the wire and into the database. */
public enum Reason {
    /** PROMOTE: every gating test shows the canary within its limits. */
    CANARY_WITHIN_LIMITS,
    /** ABORT: an SLO test shows the canary beyond the SLO's limit. */
    SLO_VIOLATED,
    /** ABORT: a baseline test shows the canary worse than the stable version. */
    WORSE_THAN_BASELINE,
    /** ABORT: only all tests together show the canary beyond its limits. */
    COMBINED_EVIDENCE,
    /** HOLD: the evidence decides nothing yet. */
    NOT_ENOUGH_EVIDENCE,
    /** HOLD: the canary has served no request. */
    NO_DATA,
    /** HOLD: the metrics source could not be read. */
    METRICS_UNREACHABLE,
    /** HOLD: no policy names this service. */
    UNKNOWN_SERVICE,
    /** HOLD: analysis-service could not be asked. */
    ANALYSIS_UNAVAILABLE,
    /** HOLD: the gate's database could not be reached, so nothing could be recorded. */
    STORE_UNAVAILABLE,
    /** HOLD or ABORT: the deadline passed undecided. */
    DEADLINE_UNDECIDED,
    /** PROMOTE: the deadline passed undecided and the policy promotes without proof. */
    PROMOTED_WITHOUT_PROOF,
    /** PROMOTE: a person decided. */
    PROMOTED_BY_PERSON,
    /** ABORT: a person decided. */
    ABORTED_BY_PERSON,
    /** HOLD: the canary of a newer release of the same rollout serves users. */
    RELEASE_SUPERSEDED,
    /** HOLD: the analysis was cancelled while the release was open. */
    ANALYSIS_CANCELLED,
    /** PROMOTE: the score of the Mann-Whitney judge passed at the deadline; no bound on errors is stated. */
    SCORE_PASSED,
    /** ABORT: the score of the Mann-Whitney judge failed at a look; no bound on errors is stated. */
    SCORE_FAILED,
    /** HOLD, beside NOT_ENOUGH_EVIDENCE: at this traffic a PASS cannot be shown before the deadline. */
    TOO_LITTLE_TRAFFIC,
    /** HOLD: the canary served no request up to the deadline, so the release has ended. */
    RELEASE_EXPIRED,
    /** HOLD: analysis-service refuses to judge what the release names. */
    ANALYSIS_REFUSED,
    /** HOLD: the canary is the stable version of an open release of the same rollout. */
    CANARY_IS_STABLE
}
