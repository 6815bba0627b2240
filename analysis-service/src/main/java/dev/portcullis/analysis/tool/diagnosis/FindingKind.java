package dev.portcullis.analysis.tool.diagnosis;

/** What can be found; each has its paragraph in docs/doctor.md. */
public enum FindingKind {
    /** The look at a service or a source ended in an error of Portcullis itself. */
    LOOK_FAILED(FindingSeverity.FAULT),
    /** A source was not asked, for its secret or certificate cannot be read here. */
    SOURCE_CREDENTIALS_MISSING(FindingSeverity.FAULT),
    /** No connection to a source, or no answer in time. */
    SOURCE_UNREACHABLE(FindingSeverity.FAULT),
    /** A source wants other credentials. */
    SOURCE_ACCESS_REFUSED(FindingSeverity.FAULT),
    /** Something answers at the address of a source, but not what was asked for. */
    SOURCE_WRONG_PATH(FindingSeverity.FAULT),
    /** A source answers with an error. */
    SOURCE_FAILS(FindingSeverity.FAULT),
    /** A part of a source, such as a pod's page, cannot be read. */
    SOURCE_INCOMPLETE(FindingSeverity.WARNING),
    /** A source of a kind that only answers what an analysis asks. */
    SOURCE_NOT_INSPECTED(FindingSeverity.NOTE),
    /** The clock here and that of a source differ. */
    CLOCK_SKEW(FindingSeverity.WARNING),
    /** A query selects more series than a source may give, or soon will. */
    TOO_MANY_SERIES(FindingSeverity.WARNING),
    /** A query names a metric that does not exist. */
    METRIC_MISSING(FindingSeverity.FAULT),
    /** A query has a condition on a label that the metric does not have. */
    LABEL_MISSING(FindingSeverity.FAULT),
    /** A query has a condition that no series meets. */
    CONDITION_EXCLUDES_ALL(FindingSeverity.FAULT),
    /** Each condition of a query is met by some series, but no series meets them all. */
    CONDITIONS_EXCLUDE_ALL(FindingSeverity.FAULT),
    /** The query for bad requests selects nothing: there was none, or it is wrong. */
    NO_BAD_SEEN(FindingSeverity.WARNING),
    /** No series has the label that tells canary from stable. */
    ARM_LABEL_MISSING(FindingSeverity.FAULT),
    /** Some series lack the label that tells canary from stable. */
    ARM_LABEL_INCOMPLETE(FindingSeverity.WARNING),
    /** The label that is to tell canary from stable has another value for each pod. */
    ARM_LABEL_PER_POD(FindingSeverity.FAULT),
    /** A pod has good or bad requests, but no total ones. */
    TOTAL_LACKS_PODS(FindingSeverity.FAULT),
    /** A pod has total requests, but not a single good one. */
    GOOD_LACKS_PODS(FindingSeverity.WARNING),
    /** More good or bad requests than requests. */
    PART_EXCEEDS_TOTAL(FindingSeverity.FAULT),
    /** A series whose value is no count, such as NaN. */
    UNCOUNTABLE(FindingSeverity.FAULT),
    /** Counters that fall and come back: several processes, or replicas of a source, answer in turn. */
    SEVERAL_PROCESSES(FindingSeverity.FAULT),
    /** A metric that may fall, or adds up something else than requests. */
    NOT_A_COUNTER(FindingSeverity.FAULT),
    /** Counters that move in steps larger than a release's requests. */
    COUNTER_COARSE(FindingSeverity.FAULT),
    /** A metric that a recording rule made. */
    RECORDED_RESULT(FindingSeverity.WARNING),
    /** Nothing tells that a metric is a counter. */
    COUNTER_UNCERTAIN(FindingSeverity.WARNING),
    /** A latency query selects something that has no buckets. */
    NO_BUCKETS(FindingSeverity.FAULT),
    /** No bucket boundary at or above the threshold, or none at or below it. */
    THRESHOLD_OUTSIDE_BUCKETS(FindingSeverity.FAULT),
    /** The threshold lies between two bucket boundaries. */
    THRESHOLD_BETWEEN_BUCKETS(FindingSeverity.WARNING),
    /** The version that runs now would be judged FAIL. */
    STABLE_WOULD_FAIL(FindingSeverity.FAULT),
    /** The version that runs now spends its error budget faster than its objective allows. */
    STABLE_OVER_BUDGET(FindingSeverity.WARNING),
    /** A version that runs now and has fewer requests than the stable one would be judged FAIL. */
    OTHER_VERSION_WOULD_FAIL(FindingSeverity.NOTE),
    /** Nothing was requested. */
    NO_TRAFFIC(FindingSeverity.WARNING),
    /** At the traffic there is, no canary could pass before the deadline. */
    TOO_LITTLE_TRAFFIC(FindingSeverity.WARNING),
    /** An objective can be measured. */
    MEASURABLE(FindingSeverity.NOTE);

    private final FindingSeverity severity;

    FindingKind(FindingSeverity severity) {
        this.severity = severity;
    }

    /** How bad it usually is. */
    public FindingSeverity severity() {
        return severity;
    }
}
