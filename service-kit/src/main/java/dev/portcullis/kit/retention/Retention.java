package dev.portcullis.kit.retention;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.portcullis.kit.audit.store.FetchedEntries;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseFault;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the records of a service whose time is over: a durable task that deletes one batch in one transaction, and comes again half a second later as long as there
 * is more. It takes one connection, so that requests and polls find theirs. Killed in between, it goes on with what is left; run by two replicas at once, each takes
 * other records. Every replica also looks once a minute how old the oldest record is. Thread-safe.
 */
public final class Retention implements BackgroundWork {
    /** The name of the task in scheduled_tasks. */
    public static final String TASK = "retention";

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(500);
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final String NOTES = "deleted_record";

    private final RetentionPeriod period;
    private final RetentionPeriod audit;
    private final RetainedRecords records;
    private final DeletedRecords notes;
    private final FetchedEntries entries;
    private final InstantSource clock;
    private final SteadyClock steady;
    private final RetentionMeters meters;
    private final PeriodicWork looks =
            new PeriodicWork(Thread.ofVirtual().name("oldest-record"), BETWEEN_LOOKS, this::look);

    /**
     * Retention by the database's clock.
     *
     * @param period how long the records are kept
     * @param audit how long it is known that they were deleted
     */
    public Retention(
            Database database,
            RetentionStatements statements,
            RetentionPeriod period,
            RetentionPeriod audit,
            MeterRegistry meters) {
        this(
                database,
                statements,
                period,
                audit,
                meters,
                new DatabaseClock(database.background(1).untraced()));
    }

    /** The same by another clock. */
    public Retention(
            Database database,
            RetentionStatements statements,
            RetentionPeriod period,
            RetentionPeriod audit,
            MeterRegistry meters,
            InstantSource clock) {
        var jdbi = database.background(1).untraced();
        this.period = period;
        this.audit = audit;
        this.records = new RetainedRecords(jdbi, statements);
        this.notes = new DeletedRecords(jdbi);
        this.entries = new FetchedEntries(jdbi);
        this.clock = clock;
        this.steady = new SteadyClock(jdbi, clock);
        var tables = Stream.concat(statements.tables().stream(), Stream.of(NOTES, FetchedEntries.TABLE));
        this.meters = new RetentionMeters(tables.toList(), meters);
    }

    /** The task that deletes, for the service's {@link dev.portcullis.kit.schedule.DurableTasks}. */
    public CustomTask<Void> task() {
        return Tasks.custom(TASK, Void.class)
                .scheduleOnStartup(TASK, null, Function.identity())
                .execute((instance, context) -> {
                    var pause = deleted() ? BETWEEN_BATCHES : BETWEEN_ROUNDS;
                    return (complete, operations) -> operations.reschedule(
                            complete, complete.getTimeDone().plus(pause));
                });
    }

    private boolean deleted() {
        try {
            return deleteBatch();
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private static void failed(RuntimeException e) {
        var fault = DatabaseFault.in(e);
        var text = "records whose time is over could not be deleted, and are with the next try in "
                + BETWEEN_ROUNDS.toMinutes() + " minutes";
        if (fault.isPresent()) {
            LOG.warn("{}: the database {}", text, fault.get());
        } else {
            LOG.warn(text, e);
        }
    }

    /** Deletes one batch of records, one of notes and one of entries that the audit log has fetched; false when there was nothing to delete, or the clock is not believed. */
    public boolean deleteBatch() {
        var now = steady.now();
        if (now.isEmpty()) {
            return false;
        }
        var rows = period.overSince(now.get())
                .map(before -> records.deleteOldest(before, now.get(), period))
                .orElse(Map.of());
        var forgotten = audit.overSince(now.get()).map(notes::forget).orElse(0);
        var fetched = entries.delete();
        meters.deleted(rows);
        meters.deleted(Map.of(NOTES, forgotten, FetchedEntries.TABLE, fetched));
        return forgotten > 0 || fetched > 0 || rows.values().stream().anyMatch(number -> number > 0);
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop();
    }

    /** Looks once. */
    void look() {
        try {
            var oldest = records.oldest();
            meters.oldest(
                    oldest.map(time -> Duration.between(time, clock.instant())).orElse(Duration.ZERO));
        } catch (RuntimeException e) {
            meters.unknown();
            LOG.debug("the oldest record is not known and is looked for again in a minute", e);
        }
    }
}
