package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.SelectedSeries;
import dev.portcullis.analysis.inspection.SeriesHistory;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.inspection.TimedSample;
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
 * @param history what became of it in {@link StableCounts#LOOK_BACK}; empty when the source keeps no history
 */
record QueryInspection(
        Query query, String armLabel, SourceSnapshot snapshot, SelectedSeries series, Optional<SeriesHistory> history) {
    static QueryInspection of(Query query, String armLabel, SourceSnapshot snapshot) {
        SelectedSeries series = snapshot.inspect(query.selector());
        Optional<SeriesHistory> history = series.isEmpty()
                ? Optional.empty()
                : snapshot.history(query.selector(), armLabel, StableCounts.LOOK_BACK);
        return new QueryInspection(query, armLabel, snapshot, series, history);
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    List<Sample> samples() {
        return series.samples();
    }

    /** What became of other series of the same source. */
    Optional<SeriesHistory> pastOf(Selector selector) {
        return snapshot.history(selector, armLabel, StableCounts.LOOK_BACK);
    }

    /** The sum of the counts of each version. */
    Map<String, Double> byVersion(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.value() >= 0 && sample.value() < Double.POSITIVE_INFINITY)
                .filter(this::isInARelease)
                .collect(Collectors.groupingBy(
                        sample -> sample.labels().getOrDefault(armLabel, ""), Collectors.summingDouble(Sample::value)));
    }

    /** The series that an analysis could ask for. */
    List<TimedSample> timedInReleases(SelectedSeries found) {
        return found.timed().stream()
                .filter(timed -> isInARelease(timed.sample()))
                .toList();
    }

    private boolean isInARelease(Sample sample) {
        return !sample.labels().getOrDefault(armLabel, "").isEmpty();
    }
}
