package dev.portcullis.analysis.source.otlp;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The series of one source, in memory and bounded in number. A request is taken in whole before the next look. Thread-safe. */
final class SeriesStore {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesStore.class);
    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** How often in the time it takes to become stale it is looked for stale series when there is no room. */
    private static final int SWEEPS = 10;

    private final OtlpProperties properties;
    private final Map<Map<String, String>, Series> series = new HashMap<>();
    private @Nullable Instant received;
    private Instant lastRefused = Instant.EPOCH;
    private Instant nextSweep = Instant.EPOCH;
    private boolean toldFull;

    SeriesStore(OtlpProperties properties) {
        this.properties = properties;
    }

    /**
     * What is in the store at one moment.
     *
     * @param received when the last point came in; null when none has
     * @param fresh the series that are not stale
     * @param full whether series had to be left out for want of room
     */
    record Content(@Nullable Instant received, List<Series> fresh, boolean full) {}

    synchronized Content content(Instant now) {
        Duration staleAfter = properties.staleAfter();
        List<Series> fresh = series.values().stream()
                .filter(one -> !one.isStale(staleAfter, now))
                .toList();
        return new Content(received, fresh, !lastRefused.plus(staleAfter).isBefore(now));
    }

    /** Takes points in; answers which it did not. */
    synchronized Refusals take(List<Point> points, Instant now) {
        Refusals refusals = new Refusals();
        for (Point point : points) {
            take(point, now).ifPresentOrElse(refusal -> refusals.add(refusal, point.metric(), 1), () -> received = now);
        }
        return refusals;
    }

    private Optional<Refusal> take(Point point, Instant now) {
        if (point.time() / 1_000_000 > now.plus(AHEAD).toEpochMilli()) {
            return Optional.of(Refusal.IN_FUTURE);
        }
        Series known = series.get(point.labels());
        if (known == null) {
            return begin(point, now);
        }
        if (known.overlaps(point)) {
            return Optional.of(Refusal.OVERLAP);
        }
        series.put(point.labels(), known.after(point, now));
        return Optional.empty();
    }

    private Optional<Refusal> begin(Point point, Instant now) {
        Quantity quantity = point.quantity();
        if (quantity == null) {
            return Optional.empty();
        }
        if (!hasRoom(now)) {
            lastRefused = now;
            tellFull();
            return Optional.of(Refusal.TOO_MANY_SERIES);
        }
        series.put(point.labels(), Series.begin(point, quantity, now));
        return Optional.empty();
    }

    /** Stale series are kept as long as there is room, so that they can come back; then they are forgotten. */
    private boolean hasRoom(Instant now) {
        if (series.size() >= properties.maxSeries() && !now.isBefore(nextSweep)) {
            series.values().removeIf(one -> one.isStale(properties.staleAfter(), now));
            nextSweep = now.plus(properties.staleAfter().dividedBy(SWEEPS));
        }
        return series.size() < properties.maxSeries();
    }

    private void tellFull() {
        if (!toldFull) {
            toldFull = true;
            LOG.warn(
                    "source '{}' holds {} series, which is its maxSeries: further ones are refused; send only what is"
                            + " judged, or raise connectionDetails.maxSeries. This is logged once",
                    properties.source(),
                    properties.maxSeries());
        }
    }
}
