package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plain number of events.
 *
 * @param value finite, 0 or more
 */
record Count(double value) implements Quantity {
    @Override
    public Optional<Quantity> plus(Quantity more) {
        return more instanceof Count other ? Optional.of(new Count(value + other.value)) : Optional.empty();
    }

    @Override
    public double count() {
        return value;
    }

    @Override
    public List<Sample> samples(Map<String, String> labels) {
        return List.of(new Sample(labels, value));
    }
}
