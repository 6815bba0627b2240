package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.RecordedSource;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.source.ParallelReads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** How many queries a reading may spend on finding out which of the analyses a refused query is refused for. */
    private static final int MOST_SPLITS = 32;

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
        ReadingCollector collector = new ReadingCollector(queries, settled(wanted));
        AtomicInteger splits = new AtomicInteger(MOST_SPLITS);
        List<Optional<Boolean>> done = ParallelReads.of(joined, patience.plus(SLACK), query -> {
            ask(query, collector.moments(), patience, collector, splits);
            return true;
        });
        for (int i = 0; i < joined.size(); i++) {
            if (done.get(i).isEmpty()) {
                collector.refuse(
                        joined.get(i), unreachable("no complete answer within " + patience.toMillis() + " ms"));
            }
        }
        return collector.byMoment();
    }

    /**
     * Asks. What is refused as a whole is asked in halves, so that the faulty query of one analysis is no fault of the others, and
     * what is too much of the past is had piece by piece.
     */
    private void ask(
            JoinedQuery query, Moments moments, Duration patience, ReadingCollector collector, AtomicInteger splits) {
        try {
            collect(query, moments, patience, collector);
        } catch (QueryFailureException refused) {
            boolean divisible = query.isShared() || moments.number() > 1;
            if (refused.failure() == QueryFailure.AWAY || !divisible || splits.getAndAdd(-2) < 2) {
                collector.refuse(query, unreachable(refused.reason()));
            } else if (query.isShared()) {
                query.halves().forEach(half -> ask(half, moments, patience, collector, splits));
            } else {
                int half = moments.number() / 2;
                ask(query, moments.part(0, half), patience, collector, splits);
                ask(query, moments.part(half, moments.number() - half), patience, collector, splits);
            }
        }
    }

    private void collect(JoinedQuery query, Moments moments, Duration patience, ReadingCollector collector)
            throws QueryFailureException {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFailureException(QueryFailure.AWAY, "it waited too long for its turn");
        }
        try {
            if (moments.number() == 1) {
                collector.add(query, client.instant(query.text(), moments.first(), patience), moments.first());
            } else {
                collector.add(
                        query, client.range(query.text(), moments.first(), moments.last(), moments.step(), patience));
            }
        } finally {
            places.release();
        }
    }

    private String unreachable(String reason) {
        return client.url() + ": " + reason;
    }

    /** The last of them may be now, of which not everything is stored. */
    private Moments settled(Moments wanted) {
        Instant first = wanted.first().minus(client.queryOffset());
        Instant latest = clock.instant().minus(client.queryOffset());
        return new Moments(first.isAfter(latest) ? latest : first, wanted.step(), wanted.number());
    }
}
