package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesIndex;
import dev.portcullis.analysis.query.SeriesQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the series that were sent in. A reading exchanges nothing and does not wait. Thread-safe. */
final class OtlpSource implements CounterSource {
    private final OtlpProperties properties;
    private final Clock clock;
    private final SeriesStore store;

    /** A source that has received nothing yet. */
    OtlpSource(OtlpProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.store = new SeriesStore(properties);
    }

    /** Takes points in; answers which it did not. */
    RejectedPoints take(List<DataPoint> points) {
        return store.take(points, clock.instant());
    }

    @Override
    public List<SourceReading> read(List<SeriesQuery> queries, Instant moment) {
        Instant now = clock.instant();
        SeriesStore.Content content = store.content(now);
        if (isSilent(content.received(), now)) {
            SourceReading silent = new SourceReading.Unreachable(silence(content.received()));
            return queries.stream().map(query -> silent).toList();
        }
        List<String> missing = missing(content);
        return samples(content, queries).stream()
                .<SourceReading>map(samples -> new SourceReading.Series(samples, missing))
                .toList();
    }

    private static List<List<Sample>> samples(SeriesStore.Content content, List<SeriesQuery> queries) {
        SeriesIndex index =
                new SeriesIndex(queries.stream().map(NameTranslation::of).toList());
        List<List<Sample>> byQuery = Stream.generate(() -> (List<Sample>) new ArrayList<Sample>())
                .limit(queries.size())
                .toList();
        Instant deltas = newestDelta(content.fresh());
        content.fresh().stream()
                .filter(series -> index.knowsArm(series.labels()))
                .flatMap(series ->
                        series.samples().stream().map(sample -> sample.at(series.delta() ? deltas : series.counted())))
                .forEach(sample -> index.meaning(sample.labels()).forEach(query -> byQuery.get(query)
                        .add(NameTranslation.asAsked(sample, queries.get(query).arms()))));
        MetricsWithoutArm.find(
                content.fresh(), index, (query, sample) -> byQuery.get(query).add(sample));
        return byQuery;
    }

    /** Of what counts by deltas nothing is sent when nothing happened: what was sent last of any series is how far all reach. */
    private static Instant newestDelta(List<ReceivedSeries> fresh) {
        return fresh.stream()
                .filter(ReceivedSeries::delta)
                .map(ReceivedSeries::counted)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private boolean isSilent(@Nullable Instant received, Instant now) {
        return received == null || received.plus(properties.staleAfter()).isBefore(now);
    }

    /** Nobody sends: that says nothing of the pods. */
    private String silence(@Nullable Instant received) {
        String since =
                received == null ? "no counter has been received yet" : "the last counter was received " + received;
        return since + "; point the Collector's otlp exporter at the gRPC port of analysis-service";
    }

    private List<String> missing(SeriesStore.Content content) {
        return Stream.of("series beyond maxSeries, which is " + properties.maxSeries())
                .filter(line -> content.full())
                .toList();
    }
}
