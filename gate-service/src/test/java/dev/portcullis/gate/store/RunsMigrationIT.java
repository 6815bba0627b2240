package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Releases of before there were runs, after the migration. */
final class RunsMigrationIT {
    private static final String RELEASE = """
            insert into releases (id, digest, service, namespace, rollout, canary, revision, stable, traceparent, opened_at,
              state, next_review)
            values ('%1$s', '%2$s', 'shop', '', '', '%2$s', '', 's1', '', '2026-03-01T12:00Z', 'OPEN', '2026-03-01T12:00Z')""";
    private static final String DECISION = """
            insert into decisions (id, release_id, outcome, reasons, explanation, measuring, windows, figures, actor, comment,
              step, trace_id, traceparent, decided_at)
            values ('%s', '%s', 'HOLD', '{NO_DATA}', '', '%s', 0, '{}', 'gate', '', '', '', '', '%s')""";

    @Test
    void whatHadTrafficIsKnownByItsDecisionsAndEveryReleaseIsTheFirstRunOfItsKey() throws Exception {
        var database = TestDatabase.fresh();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            execute(connection, "create schema before");
            execute(connection, "set search_path to before");
            run(connection, "V1__releases", "V2__open_by_analysis", "V3__prepared_orders");
            var served = release(connection, "served");
            var silent = release(connection, "silent");
            decided(connection, served, "NO_DATA", "2026-03-01T12:00Z");
            decided(connection, served, "MEASURING", "2026-03-01T12:01Z");
            decided(connection, served, "MEASURING", "2026-03-01T12:02Z");
            decided(connection, silent, "UNREACHABLE", "2026-03-01T12:01Z");
            run(connection, "V4__runs");
            assertEquals(List.of("served 1 2026-03-01 12:01", "silent 1 never"), told(connection));
            execute(connection, RELEASE.formatted(UUID.randomUUID(), "other"));
            execute(connection, "update releases set digest = 'served', run = 2 where canary = 'other'");
            assertThrows(SQLException.class, () -> execute(connection, RELEASE.formatted(UUID.randomUUID(), "served")));
        }
    }

    private static UUID release(Connection connection, String canary) throws SQLException {
        var id = UUID.randomUUID();
        execute(connection, RELEASE.formatted(id, canary));
        return id;
    }

    private static void decided(Connection connection, UUID release, String measuring, String time)
            throws SQLException {
        execute(connection, DECISION.formatted(UUID.randomUUID(), release, measuring, time));
    }

    private static List<String> told(Connection connection) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select canary, run, coalesce(to_char(served_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), 'never')
                        from releases order by canary""")) {
            while (rows.next()) {
                lines.add(rows.getString(1) + " " + rows.getInt(2) + " " + rows.getString(3));
            }
        }
        return lines;
    }

    private static void run(Connection connection, String... scripts) throws IOException, SQLException {
        for (var script : scripts) {
            var path = "/db/migration/gate/" + script + ".sql";
            try (var stream = Objects.requireNonNull(RunsMigrationIT.class.getResourceAsStream(path), path)) {
                execute(connection, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
