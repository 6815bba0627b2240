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
    private final Map<Map<String, String>, ReceivedSeries> series = new HashMap<>();
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
    record Content(@Nullable Instant received, List<ReceivedSeries> fresh, boolean full) {}

    synchronized Content content(Instant now) {
        Duration staleAfter = properties.staleAfter();
        List<ReceivedSeries> fresh = series.values().stream()
                .filter(one -> !one.isStale(staleAfter, now))
                .toList();
        return new Content(received, fresh, !lastRefused.plus(staleAfter).isBefore(now));
    }

    /** Takes points in; answers which it did not. */
    synchronized RejectedPoints take(List<DataPoint> points, Instant now) {
        RejectedPoints rejected = new RejectedPoints();
        for (DataPoint point : points) {
            take(point, now).ifPresentOrElse(reason -> rejected.add(reason, point.metric(), 1), () -> received = now);
        }
        return rejected;
    }

    private Optional<RejectionReason> take(DataPoint point, Instant now) {
        if (point.time() / 1_000_000 > now.plus(AHEAD).toEpochMilli()) {
            return Optional.of(RejectionReason.IN_FUTURE);
        }
        ReceivedSeries known = series.get(point.labels());
        if (known == null) {
            return begin(point, now);
        }
        if (known.overlaps(point)) {
            return Optional.of(RejectionReason.OVERLAP);
        }
        series.put(point.labels(), known.after(point, now));
        return Optional.empty();
    }

    private Optional<RejectionReason> begin(DataPoint point, Instant now) {
        Quantity quantity = point.quantity();
        if (quantity == null) {
            return Optional.empty();
        }
        if (!hasRoom(now)) {
            lastRefused = now;
            tellFull();
            return Optional.of(RejectionReason.TOO_MANY_SERIES);
        }
        series.put(point.labels(), ReceivedSeries.begin(point, quantity, now));
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
