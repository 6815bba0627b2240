package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.slo.Objective;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads counters by asking each source once for the objectives of all requests. Thread-safe. */
public final class SourceCounterReader implements CounterReader {
    private final CounterSources sources;
    private final Executor executor;

    /**
     * A reader over the sources of the configuration.
     *
     * @param executor runs the readings of several sources at the same time; of virtual threads, and to hand on the caller's context
     */
    public SourceCounterReader(CounterSources sources, Executor executor) {
        this.sources = sources;
        this.executor = executor;
    }

    @Override
    public List<CounterReading> read(List<ReadRequest> requests, Instant moment) {
        return readAll(requests, 1, (source, queries) -> List.of(source.read(queries, moment)))
                .getFirst();
    }

    @Override
    public boolean remembers(ReadRequest request) {
        return request.sources().stream().allMatch(name -> sources.source(name).orElse(null) instanceof RecordedSource);
    }

    @Override
    public List<List<CounterReading>> readPast(List<ReadRequest> requests, Moments moments) {
        return readAll(
                requests, moments.number(), (source, queries) -> ((RecordedSource) source).readPast(queries, moments));
    }

    private List<List<CounterReading>> readAll(List<ReadRequest> requests, int moments, Reader reader) {
        List<Map<String, Map<SeriesQuery, SourceReading>>> answers = Stream.generate(
                        () -> (Map<String, Map<SeriesQuery, SourceReading>>)
                                new ConcurrentHashMap<String, Map<SeriesQuery, SourceReading>>())
                .limit(moments)
                .toList();
        ask(requests, answers, reader);
        return answers.stream()
                .map(bySource -> requests.stream()
                        .map(request -> ReleaseReading.of(request, bySource))
                        .toList())
                .toList();
    }

    private void ask(
            List<ReadRequest> requests, List<Map<String, Map<SeriesQuery, SourceReading>>> answers, Reader reader) {
        Map<String, Set<SeriesQuery>> bySource = new HashMap<>();
        for (ReadRequest request : requests) {
            for (Objective objective : request.objectives()) {
                Set<SeriesQuery> queries =
                        bySource.computeIfAbsent(objective.indicator().source(), name -> new LinkedHashSet<>());
                objective
                        .indicator()
                        .selectors()
                        .forEach(selector -> queries.add(new SeriesQuery(selector, request.arms())));
            }
        }
        if (bySource.size() == 1) {
            var only = bySource.entrySet().iterator().next();
            ask(only.getKey(), only.getValue(), answers, reader);
            return;
        }
        CompletableFuture.allOf(bySource.entrySet().stream()
                        .map(e -> CompletableFuture.runAsync(
                                () -> ask(e.getKey(), e.getValue(), answers, reader), executor))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** What the source gives goes into the answers, moment by moment; nothing when there is no such source any more. */
    private void ask(
            String name,
            Set<SeriesQuery> asked,
            List<Map<String, Map<SeriesQuery, SourceReading>>> answers,
            Reader reader) {
        List<SeriesQuery> queries = List.copyOf(asked);
        sources.source(name).ifPresent(source -> {
            List<List<SourceReading>> readings = read(source, queries, answers.size(), reader);
            for (int i = 0; i < answers.size(); i++) {
                answers.get(i).put(name, byQuery(queries, readings.get(i)));
            }
        });
    }

    private static Map<SeriesQuery, SourceReading> byQuery(List<SeriesQuery> queries, List<SourceReading> readings) {
        Map<SeriesQuery, SourceReading> byQuery = new HashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            byQuery.put(queries.get(i), readings.get(i));
        }
        return byQuery;
    }

    private static List<List<SourceReading>> read(
            CounterSource source, List<SeriesQuery> queries, int moments, Reader reader) {
        try {
            return reader.apply(source, queries);
        } catch (RuntimeException e) {
            SourceReading fault = new SourceReading.Unreachable(oneLine(e));
            return Collections.nCopies(moments, Collections.nCopies(queries.size(), fault));
        }
    }

    /** A fault as one line. */
    static String oneLine(RuntimeException e) {
        return e.toString().replaceAll("\\s+", " ");
    }

    /** By moment and query. */
    private interface Reader extends BiFunction<CounterSource, List<SeriesQuery>, List<List<SourceReading>>> {}
}
