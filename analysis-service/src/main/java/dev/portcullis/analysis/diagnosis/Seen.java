package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was seen of a query in the first look.
 *
 * @param armLabel the label that tells versions apart
 * @param snapshot where it was seen
 * @param past what became of it in {@link StableCounts#LOOK_BACK}; empty when the source keeps no history
 */
record Seen(Query query, String armLabel, Snapshot snapshot, Inspection inspection, Optional<Past> past) {
    static Seen of(Query query, String armLabel, Snapshot snapshot) {
        Inspection inspection = snapshot.inspect(query.selector());
        Optional<Past> past = inspection.isEmpty()
                ? Optional.empty()
                : snapshot.past(query.selector(), armLabel, StableCounts.LOOK_BACK);
        return new Seen(query, armLabel, snapshot, inspection, past);
    }

    boolean isEmpty() {
        return inspection.isEmpty();
    }

    List<Sample> samples() {
        return inspection.samples();
    }

    /** What became of other series of the same source. */
    Optional<Past> pastOf(Selector selector) {
        return snapshot.past(selector, armLabel, StableCounts.LOOK_BACK);
    }

    /** The sum of the counts of each version. */
    Map<String, Double> byVersion(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.value() >= 0 && sample.value() < Double.POSITIVE_INFINITY)
                .filter(this::isInARelease)
                .collect(Collectors.groupingBy(
                        sample -> sample.labels().getOrDefault(armLabel, ""), Collectors.summingDouble(Sample::value)));
    }

    /** Those series that an analysis could ask for. */
    List<TimedSample> timedInReleases(Inspection found) {
        return found.timed().stream()
                .filter(timed -> isInARelease(timed.sample()))
                .toList();
    }

    private boolean isInARelease(Sample sample) {
        return !sample.labels().getOrDefault(armLabel, "").isEmpty();
    }
}
