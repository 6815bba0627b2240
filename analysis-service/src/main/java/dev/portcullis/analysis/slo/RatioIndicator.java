package dev.portcullis.analysis.slo;

import org.jspecify.annotations.Nullable;

/**
 * The ratio of bad requests as two counters: total, and one of good or bad.
 *
 * @param source name of the data source, as the catalogue of sources knows it
 * @param good selector of the counters of good requests; null when bad is given
 * @param bad selector of the counters of bad requests; null when good is given
 * @param total selector of the counters of all requests
 */
public record RatioIndicator(
        String source, @Nullable String good, @Nullable String bad, String total) implements Indicator {
    public RatioIndicator {
        if ((good == null) == (bad == null)) {
            throw new IllegalArgumentException(
                    "exactly one of good and bad is needed, got good=" + good + " bad=" + bad);
        }
    }
}
