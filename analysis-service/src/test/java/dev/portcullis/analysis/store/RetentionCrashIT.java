package dev.portcullis.analysis.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.OldRecords;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it deletes leaves every analysis whole or gone, and the next one goes on. */
final class RetentionCrashIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int ANALYSES = 240;
    private static final int WINDOWS = 3;

    private final DatabaseSettings settings = TestDatabase.fresh();
    private final Database database =
            Database.open(settings, "analysis", OpenTelemetry.noop(), new SimpleMeterRegistry());

    @TempDir
    Path folder;

    @BeforeEach
    void fill() {
        database.jdbi().useHandle(handle -> {
            handle.execute("""
                    insert into analysis (id, service, canary, plan, traceparent, state, verdict, measuring, measuring_detail,
                      notes, counter_state, totals, window_count, evaluation, create_time, update_time, end_time, version,
                      retention_start)
                    select gen_random_uuid(), 'checkout', 'c' || n, '{}', '', 'CONCLUDED', 'PASS', 'MEASURING', '', '[]', '{}',
                      '{}', ?, '{}', now(), now(), now(), 1, now() - interval '2 years' + n * interval '1 second'
                    from generate_series(1, ?) n""", WINDOWS, ANALYSES);
            handle.execute("""
                    insert into analysis_window (analysis_id, position, start_time, end_time, counts, baseline_halves)
                    select id, n, now(), now(), '{}', '{}' from analysis, generate_series(1, ?) n""", WINDOWS);
            // So slow that a batch can be hit in its middle.
            handle.execute("create function slow() returns trigger language plpgsql as "
                    + "$$ begin perform pg_sleep(0.01); return old; end $$");
            handle.execute("create trigger slow before delete on analysis_window for each row execute function slow()");
        });
        OldRecords.deleteNow(settings, "analysis");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int count(String what) {
        return database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Integer.class)
                .one());
    }

    private boolean deleting() {
        return count("pg_stat_activity where state = 'active' and datname = current_database()"
                        + " and query like 'with candidates%'")
                > 0;
    }

    private ChildJvm process(int number) {
        return ChildJvm.start(
                RetentionProcess.class,
                List.of(settings.url(), settings.user(), settings.password()),
                Map.of(),
                folder.resolve("log" + number));
    }

    private int left() {
        Await.until("what was begun to end", LIMIT, () -> !deleting());
        var analyses = count("analysis");
        assertEquals(ANALYSES, analyses + count("deleted_record"));
        assertEquals(WINDOWS * analyses, count("analysis_window"));
        return analyses;
    }

    @Test
    void everyAnalysisIsWholeOrGoneAndTheNextProcessGoesOn() {
        try (var first = process(1)) {
            Await.until("a batch under way", LIMIT, this::deleting);
            first.kill();
        }
        var afterFirst = left();
        assertTrue(afterFirst > 0, "killed in between");
        try (var second = process(2)) {
            Await.until("another batch to be done", LIMIT, () -> count("analysis") < afterFirst);
            second.kill();
        }
        assertTrue(left() > 0, "killed in between again");
        try (var third = process(3)) {
            Await.until("all to be deleted", LIMIT, () -> count("analysis") == 0);
            third.kill();
        }
        assertEquals(0, left());
    }
}
