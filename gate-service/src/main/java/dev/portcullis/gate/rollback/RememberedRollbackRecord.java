package dev.portcullis.gate.rollback;

import dev.portcullis.gate.feed.NotInMemoryException;
import dev.portcullis.gate.feed.RecentlyUsed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The record of rollbacks, of which what was read in the last {@link #GOOD_FOR} can be had from memory. Thread-safe. */
public final class RememberedRollbackRecord implements RollbackRecord {
    /** The oldest status that anybody is answered with. */
    public static final Duration GOOD_FOR = Duration.ofMillis(250);

    private static final int MOST = 1_000;

    private final RollbackRecord record;
    private final LongSupplier nanos;
    private final Map<String, Known> statuses = new RecentlyUsed<>(MOST, (rollback, known) -> {});

    /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
    public RememberedRollbackRecord(RollbackRecord record, LongSupplier nanos) {
        this.record = record;
        this.nanos = nanos;
    }

    @Override
    public Optional<Drill> lastDrill(String service) {
        return record.lastDrill(service);
    }

    @Override
    public Optional<LatestRollback> latest(String service) {
        return record.latest(service);
    }

    @Override
    public RollbackStatus status(String rollback) {
        var began = nanos.getAsLong();
        var status = record.status(rollback);
        synchronized (statuses) {
            var known = statuses.get(rollback);
            if (known == null || began - known.began() > 0) {
                statuses.put(rollback, new Known(status, began));
            }
        }
        return status;
    }

    /** What is in memory alone: anything else is a {@link NotInMemoryException}. */
    public RollbackRecord inMemory() {
        return new RollbackRecord() {
            @Override
            public Optional<Drill> lastDrill(String service) {
                throw new NotInMemoryException();
            }

            @Override
            public Optional<LatestRollback> latest(String service) {
                throw new NotInMemoryException();
            }

            @Override
            public RollbackStatus status(String rollback) {
                synchronized (statuses) {
                    return Optional.ofNullable(statuses.get(rollback))
                            .filter(known -> nanos.getAsLong() - known.began() <= GOOD_FOR.toNanos())
                            .map(Known::status)
                            .orElseThrow(NotInMemoryException::new);
                }
            }
        };
    }

    /** @param began when the reading did */
    private record Known(RollbackStatus status, long began) {}
}
