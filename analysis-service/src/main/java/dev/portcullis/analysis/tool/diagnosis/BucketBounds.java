package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.LabelMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The bucket boundaries that all series of a classic histogram have.
 *
 * @param finite those below infinity
 */
record BucketBounds(SortedSet<Double> finite) {
    static final String LABEL = "le";

    /** The bucket that has every request. */
    static final LabelMatcher ALL = new LabelMatcher(LABEL, LabelMatcher.Operator.EQUAL, "+Inf");

    /** A threshold this close to a boundary is meant to be it. */
    private static final double SAME = 1e-9;

    static BucketBounds of(List<Sample> samples) {
        Map<Map<String, String>, SortedSet<Double>> bySeries = new HashMap<>();
        for (Sample sample : samples) {
            boundary(sample).ifPresent(le -> bySeries.computeIfAbsent(withoutBoundary(sample), s -> new TreeSet<>())
                    .add(le));
        }
        SortedSet<Double> common = new TreeSet<>();
        bySeries.values().forEach(common::addAll);
        bySeries.values().forEach(common::retainAll);
        common.remove(Double.POSITIVE_INFINITY);
        return new BucketBounds(common);
    }

    private static Map<String, String> withoutBoundary(Sample sample) {
        Map<String, String> labels = new HashMap<>(sample.labels());
        labels.remove(LABEL);
        return labels;
    }

    /** The boundary of a bucket; empty when the series is none. */
    static Optional<Double> boundary(Sample sample) {
        String text = sample.labels().getOrDefault(LABEL, "");
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The boundary at which a canary fails: at the threshold or next above it. */
    OptionalDouble fail(double threshold) {
        SortedSet<Double> above = finite.tailSet(threshold * (1 - SAME));
        return above.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(above.first());
    }

    private OptionalDouble pass(double threshold) {
        SortedSet<Double> below = finite.headSet(threshold * (1 + SAME));
        return below.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(below.last());
    }

    /** What is wrong with the buckets of a query; empty when nothing is. */
    static Optional<Finding> check(Query query, double threshold, List<Sample> samples) {
        if (samples.stream().anyMatch(sample -> sample.buckets() != null)) {
            return Optional.empty();
        }
        if (samples.stream().allMatch(sample -> boundary(sample).isEmpty())) {
            return Optional.of(query.finding(
                    FindingKind.NO_BUCKETS,
                    "the series of " + query.metric() + " are not buckets: none has a label 'le' with a boundary",
                    "select the _bucket series of a classic histogram, or a native histogram by its name"));
        }
        return of(samples).check(query, threshold);
    }

    private Optional<Finding> check(Query query, double threshold) {
        OptionalDouble fail = fail(threshold);
        OptionalDouble pass = pass(threshold);
        String boundaries =
                ListText.of(finite.stream().map(FindingFormat::count).toList());
        if (fail.isEmpty() || pass.isEmpty()) {
            return Optional.of(query.finding(
                    FindingKind.THRESHOLD_OUTSIDE_BUCKETS,
                    "the threshold " + FindingFormat.count(threshold)
                            + " is outside of the bucket boundaries that all series of " + query.metric() + " have: "
                            + boundaries,
                    "set value of the objective to one of them, or let the pods count in a bucket at "
                            + FindingFormat.count(threshold)));
        }
        return Math.abs(fail.getAsDouble() - pass.getAsDouble()) <= threshold * SAME
                ? Optional.empty()
                : Optional.of(between(query, threshold, pass.getAsDouble(), fail.getAsDouble()));
    }

    private static Finding between(Query query, double threshold, double pass, double fail) {
        return query.finding(
                FindingKind.THRESHOLD_BETWEEN_BUCKETS,
                "the threshold " + FindingFormat.count(threshold) + " lies between the bucket boundaries "
                        + FindingFormat.count(pass)
                        + " and " + FindingFormat.count(fail) + ": to fail, a canary has to be slower than "
                        + FindingFormat.count(fail) + ", and to pass, faster than " + FindingFormat.count(pass),
                "for quicker decisions set value of the objective to one of them, or add a bucket at "
                        + FindingFormat.count(threshold));
    }

    /** The spellings of a boundary among the buckets. */
    static SortedSet<String> spellings(List<Sample> samples, double boundary) {
        return samples.stream()
                .filter(sample -> boundary(sample).filter(le -> le == boundary).isPresent())
                .map(sample -> Objects.requireNonNull(sample.labels().get(LABEL)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
