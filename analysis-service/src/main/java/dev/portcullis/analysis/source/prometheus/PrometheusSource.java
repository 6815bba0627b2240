package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.RecordedSource;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.source.ParallelReads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Reads the raw samples of series, for all analyses that share a metric by one query: never rate() or increase(), which extrapolate
 * and destroy the counts.
 *
 * <p>All queries of a reading ask for the same moment, {@link PrometheusClient#queryOffset} before the one wanted: what Prometheus
 * scraped up to then is stored whole, so that total cannot be newer than good, which would look like failed requests. For the same
 * reason a partial answer is no reading: total may have a pod that good lacks. Thread-safe.
 */
final class PrometheusSource implements RecordedSource {
    /** Leaves the exchange its own, better worded timeout, and catches what that one does not. */
    private static final Duration SLACK = Duration.ofMillis(200);

    /** A reading of many analyses is a large answer, and nobody waits for it. */
    private static final int PATIENCE_FOR_MANY = 4;

    /** Below the number of queries that Prometheus carries out at once, so that others get their turn. */
    private static final int MOST_AT_ONCE = 8;

    private final PrometheusClient client;
    private final Clock clock;
    private final Duration deadline;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /**
     * A server not yet asked.
     *
     * @param deadline for a reading of one analysis
     */
    PrometheusSource(PrometheusClient client, Clock clock, Duration deadline) {
        this.client = client;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public List<SourceReading> read(List<SeriesQuery> queries, Instant moment) {
        return read(queries, Moments.at(moment)).getFirst();
    }

    @Override
    public List<List<SourceReading>> readPast(List<SeriesQuery> queries, Moments moments) {
        return read(queries, moments);
    }

    private List<List<SourceReading>> read(List<SeriesQuery> queries, Moments wanted) {
        List<JoinedQuery> joined = JoinedQuery.of(queries);
        boolean many = wanted.number() > 1 || joined.stream().anyMatch(JoinedQuery::isShared);
        Duration patience = many ? deadline.multipliedBy(PATIENCE_FOR_MANY) : deadline;
        Moments moments = settled(wanted);
        var division = new QueryDivision(client, places, queries, patience);
        List<Optional<Map<Integer, List<SourceReading>>>> done =
                ParallelReads.of(joined, patience.plus(SLACK), query -> division.of(query, moments));
        Map<Integer, List<SourceReading>> byQuery = new HashMap<>();
        for (int i = 0; i < joined.size(); i++) {
            JoinedQuery query = joined.get(i);
            done.get(i)
                    .orElseGet(() -> division.tooLate(query, moments))
                    .forEach((position, given) -> byQuery.merge(position, given, PrometheusSource::together));
        }
        return IntStream.range(0, moments.number())
                .mapToObj(moment -> IntStream.range(0, queries.size())
                        .mapToObj(position ->
                                Objects.requireNonNull(byQuery.get(position)).get(moment))
                        .toList())
                .toList();
    }

    /** Of a query whose arms are told by two labels, which are asked for apart. */
    private static List<SourceReading> together(List<SourceReading> some, List<SourceReading> more) {
        return IntStream.range(0, some.size())
                .mapToObj(moment -> some.get(moment).with(more.get(moment)))
                .toList();
    }

    /** The last of them may be now, of which not everything is stored. */
    private Moments settled(Moments wanted) {
        Instant first = wanted.first().minus(client.queryOffset());
        Instant latest = clock.instant().minus(client.queryOffset());
        return new Moments(first.isAfter(latest) ? latest : first, wanted.step(), wanted.number());
    }
}
