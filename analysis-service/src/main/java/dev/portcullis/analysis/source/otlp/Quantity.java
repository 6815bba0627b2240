package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a data point counts. */
sealed interface Quantity permits Count, ExplicitBuckets, ExponentialBuckets {
    /** Both together; empty when they are of different form and have no sum. */
    Optional<Quantity> plus(Quantity more);

    /** All that was observed. */
    double count();

    /**
     * The series that Prometheus would have of it.
     *
     * @param labels of the metric, its name among them
     */
    List<Sample> samples(Map<String, String> labels);
}
