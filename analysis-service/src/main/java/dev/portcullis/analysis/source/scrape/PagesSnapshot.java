package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.inspection.SelectedSeries;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.inspection.TimedSample;
import dev.portcullis.analysis.query.Selector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All series of all pages.
 *
 * @param types by metric
 * @param missing pages that could not be read
 */
record PagesSnapshot(List<TimedSample> samples, Map<String, MetricType> types, List<String> missing)
        implements SourceSnapshot {
    private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum", "_total");

    PagesSnapshot {
        samples = List.copyOf(samples);
        types = Map.copyOf(types);
        missing = List.copyOf(missing);
    }

    @Override
    public SelectedSeries inspect(Selector selector) {
        Predicate<Map<String, String>> meant = selector.compiled();
        List<TimedSample> found = samples.stream()
                .filter(timed -> meant.test(timed.sample().labels()))
                .toList();
        return new SelectedSeries(found.stream().limit(SelectedSeries.MOST).toList(), found.size());
    }

    @Override
    public MetricType type(String metric) {
        return SUFFIXES.stream()
                .filter(metric::endsWith)
                .map(suffix -> types.get(metric.substring(0, metric.length() - suffix.length())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> types.getOrDefault(metric, MetricType.UNKNOWN));
    }

    @Override
    public SortedSet<String> metrics() {
        return samples.stream()
                .map(timed -> timed.sample().labels().getOrDefault(Selector.NAME_LABEL, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
