package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.slo.Objective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The meter that reads each objective from the source it names.
 *
 * <p>When one objective cannot be read, none is: the windows of all objectives cover the same time. Thread-safe.
 */
public final class SourceMeter implements Meter {
    private final CounterSources sources;
    private final Executor executor;

    /**
     * A meter over the sources of the configuration.
     *
     * @param executor runs the readings of several sources at the same time; of virtual threads, and to hand on the caller's context
     */
    public SourceMeter(CounterSources sources, Executor executor) {
        this.sources = sources;
        this.executor = executor;
    }

    @Override
    public MeterReading read(List<Objective> objectives, Arms arms) {
        Map<String, List<Objective>> bySource = new LinkedHashMap<>();
        for (Objective objective : objectives) {
            bySource.computeIfAbsent(objective.indicator().source(), name -> new ArrayList<>())
                    .add(objective);
        }
        Map<String, ObjectiveReading> counters = new HashMap<>();
        List<String> notes = new ArrayList<>();
        for (MeterReading part : readAll(bySource, arms)) {
            switch (part) {
                case MeterReading.Unreachable unreachable -> {
                    return unreachable;
                }
                case MeterReading.Counters read -> {
                    counters.putAll(read.objectives());
                    notes.addAll(read.notes());
                }
            }
        }
        return new MeterReading.Counters(counters, notes);
    }

    private List<MeterReading> readAll(Map<String, List<Objective>> bySource, Arms arms) {
        if (bySource.size() == 1) {
            var only = bySource.entrySet().iterator().next();
            return List.of(readOne(only.getKey(), only.getValue(), arms));
        }
        List<CompletableFuture<MeterReading>> parts = bySource.entrySet().stream()
                .map(e -> CompletableFuture.supplyAsync(() -> readOne(e.getKey(), e.getValue(), arms), executor))
                .toList();
        return parts.stream().map(CompletableFuture::join).toList();
    }

    private MeterReading readOne(String name, List<Objective> objectives, Arms arms) {
        Optional<CounterSource> source = sources.source(name);
        if (source.isEmpty()) {
            return unreachable(name, "it is not in the configuration any more");
        }
        try {
            List<Indicated> indicated = objectives.stream().map(Indicated::of).toList();
            List<Selector> selectors = indicated.stream()
                    .flatMap(i -> i.selectors().stream())
                    .distinct()
                    .toList();
            return switch (source.get().read(selectors, arms)) {
                case SourceReading.Unreachable unreachable -> unreachable(name, unreachable.detail());
                case SourceReading.Series series -> assigned(name, indicated, selectors, series, arms);
            };
        } catch (RuntimeException e) {
            return unreachable(name, e.toString().replaceAll("\\s+", " "));
        }
    }

    private static MeterReading assigned(
            String name, List<Indicated> indicated, List<Selector> selectors, SourceReading.Series series, Arms arms) {
        Map<Selector, List<Sample>> samples = new HashMap<>();
        for (int i = 0; i < selectors.size(); i++) {
            samples.put(selectors.get(i), series.bySelector().get(i));
        }
        PodGrouping grouping = new PodGrouping(arms);
        Map<String, ObjectiveReading> counters = new HashMap<>();
        for (Indicated objective : indicated) {
            ObjectiveReading read = objective.group(grouping, samples);
            if (read.withoutCanary() && !series.missing().isEmpty()) {
                return unreachable(
                        name,
                        "no canary series of '" + objective.name() + "' could be read; missing: "
                                + String.join(", ", series.missing()));
            }
            counters.put(objective.name(), read);
        }
        List<String> notes = new ArrayList<>(grouping.notes());
        series.missing().forEach(missing -> notes.add("source '" + name + "': missing " + missing));
        return new MeterReading.Counters(counters, notes);
    }

    private static MeterReading unreachable(String source, String detail) {
        return new MeterReading.Unreachable("source '" + source + "': " + detail);
    }
}
