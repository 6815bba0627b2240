package dev.portcullis.analysis.slo;

import dev.portcullis.analysis.query.Selector;
import java.util.List;

/**
 * The latencies of requests as a histogram; good is a request no slower than the threshold.
 *
 * @param source name of the data source
 * @param histogram a histogram: its {@code _bucket} counters, or the name of a native histogram
 * @param threshold the slowest good latency, above 0, in the unit of the histogram's boundaries (seconds by convention)
 */
public record LatencyIndicator(String source, Selector histogram, double threshold) implements Indicator {
    public LatencyIndicator {
        if (!(threshold > 0 && threshold < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("threshold: " + threshold + " is not a finite number above 0");
        }
    }

    /**
     * Of a query as text.
     *
     * @throws dev.portcullis.analysis.query.SelectorException when it is no selector
     */
    public LatencyIndicator(String source, String histogram, double threshold) {
        this(source, Selector.parse(histogram), threshold);
    }

    @Override
    public List<Selector> selectors() {
        return List.of(histogram);
    }
}
