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
import org.jspecify.annotations.Nullable;

/** What the readings of sources at one moment mean for one release. When one objective cannot be read, none of its release is: the windows of all objectives cover the same time. */
final class ReleaseReading {
    private ReleaseReading() {}

    /**
     * The reading of one release; never throws.
     *
     * @param bySource what each source gave, query by query
     */
    static CounterReading of(ReadRequest request, Map<String, Map<SeriesQuery, SourceReading>> bySource) {
        try {
            return read(request, bySource);
        } catch (RuntimeException e) {
            return new CounterReading.Unreachable("the reading could not be used: " + SourceCounterReader.oneLine(e));
        }
    }

    private static CounterReading read(ReadRequest request, Map<String, Map<SeriesQuery, SourceReading>> bySource) {
        Map<String, ObjectiveReading> counters = new HashMap<>();
        List<String> faults = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        Set<UnreadPod> unread = new LinkedHashSet<>();
        SampleTimes times = new SampleTimes(request.arms());
        for (Objective objective : request.objectives()) {
            Indicator indicator = objective.indicator();
            Set<String> missing = new LinkedHashSet<>();
            Map<Selector, List<Sample>> samples = new HashMap<>();
            CounterReading.Unreachable fault = collect(
                    indicator,
                    request.arms(),
                    bySource.getOrDefault(indicator.source(), Map.of()),
                    samples,
                    missing,
                    unread);
            if (fault != null) {
                return fault;
            }
            samples.values().forEach(of -> times.see(indicator.source(), of));
            PodGroups groups = new PodGroups(request.arms());
            ObjectiveReading read = group(indicator, groups, samples);
            groups.faults().forEach(line -> faults.add("objective '" + objective.name() + "': " + line));
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

    private static CounterReading.@Nullable Unreachable collect(
            Indicator indicator,
            Arms arms,
            Map<SeriesQuery, SourceReading> readings,
            Map<Selector, List<Sample>> samples,
            Set<String> missing,
            Set<UnreadPod> unread) {
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

    private static ObjectiveReading group(Indicator indicator, PodGroups groups, Map<Selector, List<Sample>> samples) {
        return switch (indicator) {
            case RatioIndicator ratio ->
                groups.counters(
                        ratio.countsGood() ? RatioNumerator.GOOD : RatioNumerator.BAD,
                        samples.getOrDefault(ratio.part(), List.of()),
                        samples.getOrDefault(ratio.total(), List.of()));
            case LatencyIndicator latency -> groups.histograms(samples.getOrDefault(latency.histogram(), List.of()));
        };
    }

    private static CounterReading.Unreachable unreachable(String source, String detail) {
        return new CounterReading.Unreachable("source '" + source + "': " + detail);
    }
}
