package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A histogram with boundaries of its own.
 *
 * @param bounds rising and finite
 * @param counts of the observations above the bound before and at most at the own one; one more than bounds
 */
record ExplicitBuckets(List<Double> bounds, List<Long> counts) implements Quantity {
    ExplicitBuckets {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
    }

    @Override
    public Optional<Quantity> plus(Quantity more) {
        if (!(more instanceof ExplicitBuckets other) || !bounds.equals(other.bounds)) {
            return Optional.empty();
        }
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            sums.add(counts.get(i) + other.counts.get(i));
        }
        return Optional.of(new ExplicitBuckets(bounds, sums));
    }

    @Override
    public double count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** As a classic histogram: buckets that hold all that is no slower than their boundary, and the count. */
    @Override
    public List<Sample> samples(Map<String, String> labels) {
        String name = labels.getOrDefault(Selector.NAME_LABEL, "");
        List<Sample> samples = new ArrayList<>();
        long upTo = 0;
        for (int i = 0; i < counts.size(); i++) {
            upTo += counts.get(i);
            String boundary = i < bounds.size() ? text(bounds.get(i)) : "+Inf";
            Map<String, String> bucket = new HashMap<>(labels);
            bucket.put(Selector.NAME_LABEL, name + "_bucket");
            bucket.put("le", boundary);
            samples.add(new Sample(bucket, upTo));
        }
        Map<String, String> count = new HashMap<>(labels);
        count.put(Selector.NAME_LABEL, name + "_count");
        samples.add(new Sample(count, upTo));
        return samples;
    }

    /** Without exponent and without zeros at the end, as Prometheus writes boundaries that came by OTLP. */
    private static String text(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }
}
