package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the sources gave at one moment, and what it means for each request. When one objective cannot be read, none of its release is:
 * the windows of all objectives cover the same time. Thread-safe.
 */
final class SourceReadings {
    private final Map<String, Map<SeriesQuery, SourceReading>> bySource = new ConcurrentHashMap<>();

    /** Takes in what a source gave, query by query; once of each source. */
    void add(String source, List<SeriesQuery> queries, List<SourceReading> readings) {
        Map<SeriesQuery, SourceReading> byQuery = new HashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            byQuery.put(queries.get(i), readings.get(i));
        }
        bySource.put(source, byQuery);
    }

    /** The reading of one release; never throws. */
    CounterReading of(ReadRequest request) {
        try {
            return read(request);
        } catch (RuntimeException e) {
            return new CounterReading.Unreachable("the reading could not be used: " + SourceCounterReader.oneLine(e));
        }
    }

    private CounterReading read(ReadRequest request) {
        Map<String, ObjectiveReading> counters = new HashMap<>();
        List<String> faults = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        Set<UnreadPod> unread = new LinkedHashSet<>();
        SampleTimes times = new SampleTimes(request.arms());
        for (Objective objective : request.objectives()) {
            Indicator indicator = objective.indicator();
            Set<String> missing = new LinkedHashSet<>();
            Map<Selector, List<Sample>> samples = new HashMap<>();
            CounterReading.Unreachable fault = collect(indicator, request.arms(), samples, missing, unread);
            if (fault != null) {
                return fault;
            }
            samples.values().forEach(of -> times.see(indicator.source(), of));
            PodGrouping grouping = new PodGrouping(request.arms());
            ObjectiveReading read = group(indicator, grouping, samples);
            grouping.faults().forEach(line -> faults.add("objective '" + objective.name() + "': " + line));
            if (read.withoutCanary() && faults.isEmpty() && !missing.isEmpty()) {
                return unreachable(
                        indicator.source(),
                        "no canary series of '" + objective.name() + "' could be read; missing: "
                                + String.join(", ", missing));
            }
            counters.put(objective.name(), read);
            missing.forEach(line -> notes.add("source '" + indicator.source() + "': missing " + line));
        }
        return new CounterReading.Counters(counters, faults, List.copyOf(notes), List.copyOf(unread), times.reached());
    }

    private CounterReading.@Nullable Unreachable collect(
            Indicator indicator,
            Arms arms,
            Map<Selector, List<Sample>> samples,
            Set<String> missing,
            Set<UnreadPod> unread) {
        Map<SeriesQuery, SourceReading> readings = bySource.getOrDefault(indicator.source(), Map.of());
        for (Selector selector : indicator.selectors()) {
            switch (readings.get(new SeriesQuery(selector, arms))) {
                case null -> {
                    return unreachable(indicator.source(), "it is no longer in the configuration");
                }
                case SourceReading.Unreachable unreachable -> {
                    return unreachable(indicator.source(), unreachable.detail());
                }
                case SourceReading.Series series -> {
                    samples.put(selector, series.samples());
                    unread.addAll(series.unread());
                    missing.addAll(series.missing());
                }
            }
        }
        return null;
    }

    private static ObjectiveReading group(
            Indicator indicator, PodGrouping grouping, Map<Selector, List<Sample>> samples) {
        return switch (indicator) {
            case RatioIndicator ratio ->
                grouping.counters(
                        ratio.countsGood() ? RatioNumerator.GOOD : RatioNumerator.BAD,
                        samples.getOrDefault(ratio.part(), List.of()),
                        samples.getOrDefault(ratio.total(), List.of()));
            case LatencyIndicator latency -> grouping.histograms(samples.getOrDefault(latency.histogram(), List.of()));
        };
    }

    private static CounterReading.Unreachable unreachable(String source, String detail) {
        return new CounterReading.Unreachable("source '" + source + "': " + detail);
    }
}
