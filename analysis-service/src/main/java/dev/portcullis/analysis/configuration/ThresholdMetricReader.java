package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads a {@code thresholdMetric}: a query for a histogram, whose requests are good when they are no slower than a threshold. */
final class ThresholdMetricReader {
    private static final String BOUNDARY_LABEL = "le";
    private static final String BUCKET = "_bucket";

    private final DeclaredSources sources;
    private final MetricQueryReader queries;

    ThresholdMetricReader(DeclaredSources sources) {
        this.sources = sources;
        this.queries = new MetricQueryReader(sources);
    }

    /**
     * The indicator; empty after a fault.
     *
     * @param limit the objective's {@code value}; empty after a fault
     */
    Optional<LatencyIndicator> read(YamlMapping threshold, OptionalDouble limit) {
        Optional<MetricQuery> query = queries.read(threshold);
        if (query.isEmpty() || !isHistogram(threshold, query.get()) || limit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new LatencyIndicator(query.get().source(), query.get().selector(), limit.getAsDouble()));
    }

    private boolean isHistogram(YamlMapping threshold, MetricQuery query) {
        Optional<String> fault = boundaryFault(query).or(() -> nameFault(query));
        fault.ifPresent(reason -> MetricQueryReader.fault(
                threshold.requiredMapping("metricSource").requiredMapping("spec"), query.text(), reason));
        return fault.isEmpty();
    }

    private static Optional<String> boundaryFault(MetricQuery query) {
        return query.selector().matchers().stream().anyMatch(m -> m.label().equals(BOUNDARY_LABEL))
                ? Optional.of("it has a condition on le; legal: none, since all buckets are read and the threshold is"
                        + " spec.objectives[0].value")
                : Optional.empty();
    }

    private Optional<String> nameFault(MetricQuery query) {
        if (!sources.readsHistograms(query.source())) {
            return Optional.of("the source '" + query.source() + "' has no histograms; legal: a ratioMetric");
        }
        String metric = query.metric().orElse(BUCKET);
        for (String part : new String[] {"_count", "_sum"}) {
            if (metric.endsWith(part)) {
                String histogram = metric.substring(0, metric.length() - part.length());
                return Optional.of("it is the " + part + " of a histogram, which has no buckets; legal: " + histogram
                        + BUCKET + ", or " + histogram + " when it is a native histogram");
            }
        }
        if (!metric.endsWith(BUCKET) && !sources.readsNativeHistograms(query.source())) {
            return Optional.of("without " + BUCKET + " it names a native histogram, which the source '" + query.source()
                    + "' cannot read; legal: " + metric + BUCKET);
        }
        return Optional.empty();
    }
}
