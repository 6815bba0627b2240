package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesQuery;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * How the queries of one reading are asked: what is refused as a whole is asked in halves, so that the faulty query of one analysis is no fault of the others, and what is too much of
 * the past is had piece by piece. Keeps nothing of the answers. Thread-safe.
 */
final class QueryDivision {
    /** How many queries a reading may spend on finding out which of the analyses a refused query is refused for. */
    private static final int MOST_SPLITS = 32;

    private final PrometheusClient client;
    private final Semaphore places;
    private final List<SeriesQuery> queries;
    private final Duration patience;
    private final AtomicInteger splits = new AtomicInteger(MOST_SPLITS);

    /**
     * A reading that has asked nothing yet.
     *
     * @param places how many queries may be under way at the same time
     * @param queries those that the joined ones are made of
     * @param patience for each query
     */
    QueryDivision(PrometheusClient client, Semaphore places, List<SeriesQuery> queries, Duration patience) {
        this.client = client;
        this.places = places;
        this.queries = queries;
        this.patience = patience;
    }

    /** What each of its queries is given at each moment, by position. */
    Map<Integer, List<SourceReading>> of(JoinedQuery query, Moments moments) {
        try {
            return answer(query, moments);
        } catch (QueryFailureException refused) {
            boolean divisible = query.isShared() || moments.number() > 1;
            if (refused.failure() == QueryFailure.AWAY || !divisible || splits.getAndAdd(-2) < 2) {
                return unreachable(query, moments, refused.reason());
            }
            return query.isShared() ? inHalves(query, moments) : inPieces(query, moments);
        }
    }

    /** The same when there was no answer in time. */
    Map<Integer, List<SourceReading>> tooLate(JoinedQuery query, Moments moments) {
        return unreachable(query, moments, "no complete answer within " + patience.toMillis() + " ms");
    }

    private Map<Integer, List<SourceReading>> unreachable(JoinedQuery query, Moments moments, String reason) {
        SourceReading unreachable = new SourceReading.Unreachable(client.url() + ": " + reason);
        Map<Integer, List<SourceReading>> readings = new HashMap<>();
        query.positions()
                .forEach(position -> readings.put(position, Collections.nCopies(moments.number(), unreachable)));
        return readings;
    }

    private Map<Integer, List<SourceReading>> inHalves(JoinedQuery query, Moments moments) {
        Map<Integer, List<SourceReading>> readings = new HashMap<>();
        query.halves().forEach(half -> readings.putAll(of(half, moments)));
        return readings;
    }

    private Map<Integer, List<SourceReading>> inPieces(JoinedQuery query, Moments moments) {
        int half = moments.number() / 2;
        Map<Integer, List<SourceReading>> readings = new HashMap<>(of(query, moments.part(0, half)));
        of(query, moments.part(half, moments.number() - half))
                .forEach((position, later) -> readings.merge(position, later, QueryDivision::whole));
        return readings;
    }

    /** Nothing is used of what could not be had of all moments. */
    private static List<SourceReading> whole(List<SourceReading> some, List<SourceReading> later) {
        List<SourceReading> all = Stream.concat(some.stream(), later.stream()).toList();
        return all.stream()
                .filter(SourceReading.Unreachable.class::isInstance)
                .findFirst()
                .map(unreachable -> Collections.nCopies(all.size(), unreachable))
                .orElse(all);
    }

    private Map<Integer, List<SourceReading>> answer(JoinedQuery query, Moments moments) throws QueryFailureException {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFailureException(QueryFailure.AWAY, "it waited too long for its turn");
        }
        try {
            return moments.number() == 1
                    ? query.readings(queries, client.instant(query.text(), moments.first(), patience))
                    : query.readings(
                            queries,
                            client.range(query.text(), moments.first(), moments.last(), moments.step(), patience),
                            moments);
        } finally {
            places.release();
        }
    }
}
