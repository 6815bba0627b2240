package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesIndex;
import dev.portcullis.analysis.query.SeriesQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The answers of one reading as they come in, sorted to the queries that mean them. Thread-safe. */
final class ReadingCollector {
    private final List<SeriesQuery> queries;
    private final Moments moments;
    /** By moment and query. */
    private final List<List<List<Sample>>> samples;

    private final Map<Integer, String> refused = new HashMap<>();

    ReadingCollector(List<SeriesQuery> queries, Moments moments) {
        this.queries = queries;
        this.moments = moments;
        this.samples = IntStream.range(0, moments.number())
                .mapToObj(moment -> queries.stream()
                        .map(query -> (List<Sample>) new ArrayList<Sample>())
                        .toList())
                .toList();
    }

    /** The moments read. */
    Moments moments() {
        return moments;
    }

    /** Takes in what a query gave at one of the moments; only those it was asked for get anything of it. */
    void add(JoinedQuery asked, List<Sample> given, Instant moment) {
        int place = moments.nearest(moment);
        List<Integer> positions = asked.positions();
        SeriesIndex index = index(positions);
        for (Sample sample : given) {
            meaning(asked, positions, index, sample.labels()).forEach(position -> put(place, position, sample));
        }
    }

    /** Takes in what a query gave over several moments. */
    void add(JoinedQuery asked, List<RangeSeries> given) {
        List<Integer> positions = asked.positions();
        SeriesIndex index = index(positions);
        for (RangeSeries series : given) {
            List<Integer> meaning = meaning(asked, positions, index, series.labels());
            series.samples()
                    .forEach((moment, sample) ->
                            meaning.forEach(position -> put(moments.nearest(moment), position, sample)));
        }
    }

    /** Positions. A series of both arms, by two labels, is in the answers for either label, and taken from the canary's. */
    private List<Integer> meaning(
            JoinedQuery asked, List<Integer> positions, SeriesIndex index, Map<String, String> labels) {
        return index.meaning(labels).stream()
                .map(positions::get)
                .filter(position -> queries.get(position).arms().each().stream()
                        .filter(arm -> arm.owns(labels))
                        .limit(1)
                        .anyMatch(arm -> arm.label().equals(asked.armLabel())))
                .toList();
    }

    private SeriesIndex index(List<Integer> positions) {
        return new SeriesIndex(positions.stream().map(queries::get).toList());
    }

    private synchronized void put(int moment, int position, Sample sample) {
        samples.get(moment).get(position).add(sample);
    }

    /** Notes that a query got no answer. */
    synchronized void refuse(JoinedQuery asked, String reason) {
        asked.positions().forEach(position -> refused.put(position, reason));
    }

    /** What each query gave, in the order of the moments and queries. */
    synchronized List<List<SourceReading>> byMoment() {
        return samples.stream()
                .map(byQuery -> IntStream.range(0, queries.size())
                        .mapToObj(i -> reading(i, byQuery.get(i)))
                        .toList())
                .toList();
    }

    private SourceReading reading(int position, List<Sample> given) {
        String reason = refused.get(position);
        return reason == null ? new SourceReading.Series(given, List.of()) : new SourceReading.Unreachable(reason);
    }
}
