package dev.portcullis.analysis.source.otlp;

import java.util.Locale;

/** Why a data point is not taken in. */
enum RejectionReason {
    GAUGE("a gauge is not a counter"),
    NOT_MONOTONIC("a sum that may fall is not a counter"),
    SUMMARY("a summary has no buckets; send a histogram"),
    NO_TEMPORALITY("it does not say whether it is cumulative or delta"),
    NO_TIME("it has no time"),
    IN_FUTURE("its time is more than 10 minutes ahead of the clock here"),
    NO_COUNT("its value is not a count: negative, infinite or not a number"),
    MALFORMED("its buckets and boundaries do not fit together"),
    NEGATIVE("it has observations below 0, which no latency has"),
    TOO_COARSE("its scale is below -4"),
    TOO_LARGE("it has more than 8192 characters of labels or more than 1000 buckets"),
    OVERLAP("the time it covers overlaps that of the delta before it"),
    TOO_MANY_SERIES("maxSeries of the DataSource is reached"),
    NO_SOURCE("no DataSource of type OTLP is configured");

    private final String reason;

    RejectionReason(String reason) {
        this.reason = reason;
    }

    /** For people, in one line. */
    String reason() {
        return reason;
    }

    /** For the tag of a meter. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
