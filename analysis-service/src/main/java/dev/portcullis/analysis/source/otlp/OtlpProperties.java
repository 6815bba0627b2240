package dev.portcullis.analysis.source.otlp;

import java.time.Duration;

/**
 * How long and how much of what is received is kept.
 *
 * @param source name of the source
 * @param staleAfter a series of which nothing was heard for this long is in no reading
 * @param maxSeries how many series are kept at most, 1 or more; a histogram is one
 */
record OtlpProperties(String source, Duration staleAfter, int maxSeries) {
    static final Duration USUAL_STALE_AFTER = Duration.ofMinutes(2);
    static final int USUAL_MAX_SERIES = 20_000;
}
