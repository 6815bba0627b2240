package dev.portcullis.kit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.schedule.DurableTasks;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ManualRetention;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records are rows of the table thing, each with its rows of the table part. */
final class RetentionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final RetentionStatements THINGS =
            new RetentionStatements(List.of("thing", "part"), "select min(retention_start) from thing", """
            with candidates as (
              select id, retention_start, parts from thing
              where retention_start < :before order by retention_start, id limit :records for update skip locked),
            expired as materialized (
              select id from (
                select id, sum(parts) over (order by retention_start, id) - parts as rows_before from candidates) counted
              where rows_before < :rows),
            noted as (insert into deleted_record (id, delete_time, retention) select id, :now, :retention from expired),
            parts as (delete from part where thing in (select id from expired) returning 1),
            things as (delete from thing where id in (select id from expired) returning 1)
            select (select count(*) from things) as thing, (select count(*) from parts) as part""");

    private final DatabaseSettings settings = TestDatabase.fresh();
    private final Database database = Database.open(settings, "kit", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final DeletedRecords notes = new DeletedRecords(database.jdbi());
    private final ManualRetention retention = new ManualRetention(database, THINGS, "P13M");

    @BeforeEach
    void makeTables() {
        database.jdbi().useHandle(handle -> {
            handle.execute("create table thing (id uuid primary key, retention_start timestamptz, parts int not null)");
            handle.execute("create table part (thing uuid not null references thing (id), number int not null)");
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private UUID thing(Instant ended, int parts) {
        var id = UUID.randomUUID();
        database.jdbi().useHandle(handle -> {
            handle.execute("insert into thing values (?, ?, ?)", id, ended.atOffset(ZoneOffset.UTC), parts);
            handle.execute("insert into part select ?, generate_series(1, ?)", id, parts);
        });
        return id;
    }

    private int count(String what) {
        return database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Integer.class)
                .one());
    }

    private Instant daysAgo(int days) {
        return retention.instant().minus(Duration.ofDays(days));
    }

    @Test
    void aRecordGoesAsAWholeWhenItsTimeIsOverAndItIsKnownThatItWent() {
        var old = thing(daysAgo(390), 3);
        var younger = thing(daysAgo(370), 2);
        retention.deleteAll();
        retention.pass(Period.ofDays(7));
        assertEquals(1, count("thing"));
        assertEquals(2, count("part"));
        var note = notes.find(old).orElseThrow();
        assertEquals("P13M", note.retention().toString());
        assertEquals(Optional.empty(), notes.find(younger));
        assertEquals(List.of(1, 3), List.of(retention.deleted("thing"), retention.deleted("part")));

        retention.pass(Period.ofDays(40));
        assertEquals(0, count("thing"));
        retention.pass(Period.ofYears(7));
        assertEquals(Optional.empty(), notes.find(old), "the notes are deleted as well some day");
        assertEquals(2, retention.deleted("deleted_record"));
    }

    @Test
    void whatHasNotEndedIsNeverDeleted() {
        var open = UUID.randomUUID();
        database.jdbi().useHandle(handle -> handle.execute("insert into thing values (?, null, 0)", open));
        retention.deleteAll();
        retention.pass(Period.ofYears(3));
        assertEquals(1, count("thing"));
    }

    @Test
    void aClockThatIsYearsAheadForLessThanAWeekDeletesNothing() {
        thing(daysAgo(10), 1);
        retention.deleteAll();
        retention.pass(Period.ofDays(20));
        var right = retention.instant();

        retention.set(right.plus(Duration.ofDays(3_000)));
        assertEquals(0, retention.deleteAll());
        retention.pass(Period.ofDays(6));
        assertEquals(1, count("thing"));

        retention.set(right.plus(Duration.ofDays(7)));
        retention.deleteAll();
        retention.pass(Period.ofMonths(11));
        assertEquals(1, count("thing"));
        retention.pass(Period.ofMonths(2));
        assertEquals(0, count("thing"), "the right time is believed again");
    }

    @Test
    void aNewClockIsWatchedForAWeekFirst() {
        thing(daysAgo(900), 1);
        retention.deleteAll();
        retention.pass(Period.ofDays(6));
        assertEquals(1, count("thing"));
        retention.pass(Period.ofDays(1));
        assertEquals(0, count("thing"));
    }

    @Test
    void aServiceThatWasOffOverAHolidayGoesOnAtOnce() {
        retention.deleteAll();
        retention.pass(Period.ofDays(8));
        thing(daysAgo(900), 1);
        retention.set(retention.instant().plus(SteadyClock.STEP));
        assertTrue(retention.retention.deleteBatch());
        thing(daysAgo(900), 1);
        retention.set(retention.instant().plus(SteadyClock.STEP).plusMillis(1));
        assertFalse(retention.retention.deleteBatch());
    }

    @Test
    void batchesAreBoundedInRecordsAndRowsAndBeginWithTheOldest() {
        retention.deleteAll();
        retention.pass(Period.ofDays(8));
        for (var each = 0; each < 120; each++) {
            thing(daysAgo(2_000 - each), 1);
        }
        var large = thing(daysAgo(1_500), 3 * RetentionStatements.MANY_ROWS);
        var next = thing(daysAgo(1_499), 1);
        assertTrue(retention.retention.deleteBatch());
        assertEquals(RetentionStatements.MOST_RECORDS, retention.deleted("thing"));
        assertEquals(
                daysAgo(2_000 - RetentionStatements.MOST_RECORDS),
                database.jdbi().withHandle(handle -> handle.createQuery("select min(retention_start) from thing")
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant()));
        assertTrue(retention.retention.deleteBatch());
        assertTrue(retention.retention.deleteBatch());
        assertEquals(121, retention.deleted("thing"));
        assertTrue(notes.find(large).isPresent());
        assertEquals(Optional.empty(), notes.find(next), "after so many rows a batch is over");
        assertTrue(retention.retention.deleteBatch());
        assertFalse(retention.retention.deleteBatch());
    }

    @Test
    void aBatchThatFailsLeavesItsRecordsWhole() {
        retention.deleteAll();
        retention.pass(Period.ofDays(8));
        var old = thing(daysAgo(900), 2);
        database.jdbi().useHandle(handle -> {
            handle.execute("create function refuse() returns trigger language plpgsql as "
                    + "$$ begin raise exception 'no' using errcode = '53100'; end $$");
            handle.execute("create trigger refuse before delete on thing for each row execute function refuse()");
        });
        assertThrows(RuntimeException.class, retention.retention::deleteBatch);
        assertEquals(2, count("part"));
        assertEquals(Optional.empty(), notes.find(old));
        assertEquals(0, retention.deleted("part"));
        database.jdbi().useHandle(handle -> handle.execute("drop trigger refuse on thing"));
        assertTrue(retention.retention.deleteBatch());
    }

    @Test
    void aRecordThatTakesLongerThanARequestMayIsDeletedAndTheConnectionKeepsItsOwnLimit() throws Exception {
        var telemetry = OpenTelemetry.noop();
        try (var impatient =
                Database.open(settings, "kit", Duration.ofSeconds(1), telemetry, new SimpleMeterRegistry())) {
            var patient = new ManualRetention(impatient, THINGS, "P13M");
            patient.deleteAll();
            patient.pass(Period.ofDays(8));
            thing(daysAgo(900), 6);
            // Longer than any connection of this service waits for an answer.
            database.jdbi().useHandle(handle -> {
                handle.execute("create function slow() returns trigger language plpgsql as "
                        + "$$ begin perform pg_sleep(0.25); return old; end $$");
                handle.execute("create trigger slow before delete on part for each row execute function slow()");
            });
            assertTrue(patient.retention.deleteBatch());
            assertEquals(0, count("part"));
            for (var each = 0; each < 12; each++) {
                var limit = impatient.jdbi().withHandle(handle -> {
                    assertEquals(1_000, handle.getConnection().getNetworkTimeout());
                    return handle.createQuery("show statement_timeout")
                            .mapTo(String.class)
                            .one();
                });
                assertEquals("900ms", limit);
            }
        }
    }

    @Test
    void twoReplicasAtOnceDeleteEachRecordOnce() throws Exception {
        retention.deleteAll();
        retention.pass(Period.ofDays(8));
        for (var each = 0; each < 400; each++) {
            thing(daysAgo(900), 2);
        }
        var other = new ManualRetention(database, THINGS, "P13M");
        other.set(retention.instant());
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var done : threads.invokeAll(List.<Callable<Integer>>of(retention::deleteAll, other::deleteAll))) {
                done.get();
            }
        }
        assertEquals(0, count("thing"));
        assertEquals(400, count("deleted_record"));
        assertEquals(400, retention.deleted("thing") + other.deleted("thing"));
        assertEquals(800, retention.deleted("part") + other.deleted("part"));
    }

    @Test
    void whoKeepsRecordsForEverDeletesNone() {
        var forever = new ManualRetention(database, THINGS, "forever");
        thing(daysAgo(9_000), 1);
        forever.deleteAll();
        forever.pass(Period.ofDays(30));
        assertEquals(1, count("thing"));
    }

    @Test
    void theTaskGoesOnBatchByBatchUntilNothingIsLeft() {
        retention.deleteAll();
        retention.pass(Period.ofDays(8));
        for (var each = 0; each < 120; each++) {
            thing(daysAgo(900), 1);
        }
        var tasks = new DurableTasks(database, List.of(), List.of(retention.retention.task()));
        tasks.start();
        try {
            Await.until("all to be deleted", LIMIT, () -> count("thing") == 0);
        } finally {
            tasks.stop();
        }
    }

    @Test
    void theMetricsAreThereFromTheStart() {
        for (var table : List.of("thing", "part", "deleted_record")) {
            assertEquals(0, retention.deleted(table));
        }
        assertTrue(Double.isNaN(oldest()));
        retention.retention.look();
        assertEquals(0, oldest());
        thing(daysAgo(3), 1);
        retention.retention.look();
        assertEquals(Duration.ofDays(3).toSeconds(), oldest(), 60);
        database.close();
        retention.retention.look();
        assertTrue(Double.isNaN(oldest()));
    }

    private double oldest() {
        return retention
                .meters
                .get("portcullis.retention.oldest.record.age")
                .timeGauge()
                .value();
    }
}
