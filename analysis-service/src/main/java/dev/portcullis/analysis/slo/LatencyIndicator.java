package dev.portcullis.analysis.slo;

/**
 * The latencies of requests as a histogram; good is a request no slower than the threshold.
 *
 * @param source name of the data source
 * @param histogram selector of a histogram: its {@code _bucket} counters, or the name of a native histogram
 * @param threshold the slowest good latency, above 0, in the unit of the histogram's boundaries (seconds by convention)
 */
public record LatencyIndicator(String source, String histogram, double threshold) implements Indicator {
    public LatencyIndicator {
        if (!(threshold > 0 && threshold < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("threshold: " + threshold + " is not a finite number above 0");
        }
    }
}
