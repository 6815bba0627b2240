package dev.portcullis.analysis.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the sources gave at one moment, and what it means for each request. When one objective cannot be read, none of its release is:
 * the windows of all objectives cover the same time. Used by one thread at a time.
 */
final class SourceAnswers {
    private final Map<String, Map<SeriesQuery, SourceReading>> bySource = new HashMap<>();

    /** Takes in what a source gave, query by query. */
    void add(String source, List<SeriesQuery> queries, List<SourceReading> readings) {
        Map<SeriesQuery, SourceReading> known = bySource.computeIfAbsent(source, name -> new HashMap<>());
        for (int i = 0; i < queries.size(); i++) {
            known.put(queries.get(i), readings.get(i));
        }
    }

    /** The reading of one release. */
    MeterReading of(RequestedSeries request) {
        Map<String, ObjectiveReading> counters = new HashMap<>();
        List<String> faults = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        Set<UnreadPod> unread = new LinkedHashSet<>();
        SampleTimes times = new SampleTimes(request.arms());
        for (RequestedSeries.Part part : request.parts()) {
            List<String> missing = new ArrayList<>();
            Map<Selector, List<Sample>> samples = new HashMap<>();
            MeterReading.Unreachable fault = collect(part, request.arms(), samples, missing, unread);
            if (fault != null) {
                return fault;
            }
            samples.values().forEach(of -> times.see(part.source(), of));
            PodGrouping grouping = new PodGrouping(request.arms());
            ObjectiveReading read = part.indicated().group(grouping, samples);
            grouping.faults()
                    .forEach(line -> faults.add("objective '" + part.indicated().name() + "': " + line));
            if (read.withoutCanary() && faults.isEmpty() && !missing.isEmpty()) {
                return unreachable(
                        part.source(),
                        "no canary series of '" + part.indicated().name() + "' could be read; missing: "
                                + String.join(", ", missing));
            }
            counters.put(part.indicated().name(), read);
            missing.forEach(line -> notes.add("source '" + part.source() + "': missing " + line));
        }
        return new MeterReading.Counters(counters, faults, List.copyOf(notes), List.copyOf(unread), times.reached());
    }

    private MeterReading.@Nullable Unreachable collect(
            RequestedSeries.Part part,
            Arms arms,
            Map<Selector, List<Sample>> samples,
            List<String> missing,
            Set<UnreadPod> unread) {
        for (Selector selector : part.indicated().selectors()) {
            SourceReading reading =
                    bySource.getOrDefault(part.source(), Map.of()).get(new SeriesQuery(selector, arms));
            switch (reading) {
                case null -> {
                    return unreachable(part.source(), "it is no longer in the configuration");
                }
                case SourceReading.Unreachable unreachable -> {
                    return unreachable(part.source(), unreachable.detail());
                }
                case SourceReading.Series series -> {
                    samples.put(selector, series.samples());
                    unread.addAll(series.unread());
                    series.missing().stream()
                            .filter(line -> !missing.contains(line))
                            .forEach(missing::add);
                }
            }
        }
        return null;
    }

    private static MeterReading.Unreachable unreachable(String source, String detail) {
        return new MeterReading.Unreachable("source '" + source + "': " + detail);
    }
}
