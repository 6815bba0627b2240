package dev.portcullis.analysis.metric;

/** Which counter an indicator has besides the one of all requests. */
public enum RatioNumerator {
    /** Good requests: what total has more is bad. */
    GOOD,
    /** Bad requests. */
    BAD
}
