package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Changes of rows on a real PostgreSQL, whose transactions overlap as the test wants. */
final class RowChangesIT {
    private final DataSource source = source(TestDatabase.empty());
    private final RowChanges<Integer> changes = new RowChanges<>(
            source,
            "select t.id, t.changed from thing t where " + RowChanges.condition("t"),
            (row, context) -> row.getInt("id"));

    private static DataSource source(DatabaseSettings settings) {
        var source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        return source;
    }

    @BeforeEach
    void table() throws SQLException {
        try (var connection = source.getConnection()) {
            run(connection, """
                    create table thing (id int primary key, content int not null, changed xid8 not null default pg_current_xact_id());
                    create index on thing (changed)""");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void write(Connection connection, int id, int content) throws SQLException {
        run(
                connection,
                "insert into thing (id, content) values (%d, %d) on conflict (id) do update set content = %d, changed = pg_current_xact_id()"
                        .formatted(id, content, content));
    }

    private Connection transaction() throws SQLException {
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    void whatWasThereBeforeIsNotFoundAndEachChangeOnce() throws SQLException {
        try (var connection = source.getConnection()) {
            write(connection, 1, 1);
            var begin = changes.now();
            var nothing = changes.since(begin);
            assertEquals(List.of(), nothing.changed());
            write(connection, 1, 2);
            write(connection, 2, 1);
            var both = changes.since(nothing.snapshot());
            assertEquals(List.of(1, 2), both.changed().stream().sorted().toList());
            assertEquals(List.of(), changes.since(both.snapshot()).changed());
        }
    }

    @Test
    void aTransactionThatBeganFirstAndEndsLastIsFoundWhenItHasEnded() throws SQLException {
        try (var slow = transaction();
                var quick = source.getConnection()) {
            write(slow, 1, 1);
            var begin = changes.now();
            write(quick, 2, 1);
            var first = changes.since(begin);
            assertEquals(List.of(2), first.changed());
            var second = changes.since(first.snapshot());
            assertEquals(List.of(), second.changed());
            slow.commit();
            var third = changes.since(second.snapshot());
            assertEquals(List.of(1), third.changed());
            assertEquals(List.of(), changes.since(third.snapshot()).changed());
        }
    }

    @Test
    void whatWasUndoneIsNotFound() throws SQLException {
        var begin = changes.now();
        try (var connection = transaction()) {
            write(connection, 1, 1);
            connection.rollback();
        }
        assertEquals(List.of(), changes.since(begin).changed());
    }

    @Test
    void rowsOfABackupWithTransactionsYetToComeAreNotFoundAgainAndAgain() throws SQLException {
        var begin = changes.now();
        try (var connection = source.getConnection()) {
            run(connection, "insert into thing values (1, 1, '900000000000')");
        }
        assertEquals(List.of(), changes.since(begin).changed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "900000000000:900000000000:",
                "nonsense",
                "",
                "3:2:",
                "5:9:7,6",
                "-1:2:",
                "1:99999999999999999999999999:"
            })
    void aSnapshotOfAnotherDatabaseIsToldApart(String snapshot) {
        assertThrows(UnknownSnapshotException.class, () -> changes.since(snapshot));
    }

    /** Transactions begin, write, end and are looked at in an order that is drawn; who follows the looks has in the end what the table has, and no look tells what did not change. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whoFollowsTheLooksKnowsTheTable(long seed) throws SQLException {
        var random = new Random(seed);
        var open = new ArrayList<Connection>();
        var known = new HashMap<Integer, Integer>();
        var writer = new HashMap<Connection, Integer>();
        var snapshot = changes.now();
        for (var step = 0; step < 300; step++) {
            switch (random.nextInt(5)) {
                case 0 -> open.add(transaction());
                case 1, 2 -> {
                    if (!open.isEmpty()) {
                        var connection = open.get(random.nextInt(open.size()));
                        // A row of its own for each, so that none waits for another.
                        var id = writer.computeIfAbsent(connection, c -> writer.size() + 1);
                        write(connection, id, random.nextInt());
                    }
                }
                case 3 -> {
                    if (!open.isEmpty()) {
                        end(open.remove(random.nextInt(open.size())), random.nextBoolean());
                    }
                }
                default -> {
                    var look = changes.since(snapshot);
                    var table = table(look.changed());
                    look.changed().forEach(id -> known.put(id, table.get(id)));
                    snapshot = look.snapshot();
                    assertEquals(contents(), known, "seed " + seed + ", step " + step);
                }
            }
            if (open.size() > 20) {
                end(open.removeFirst(), true);
            }
        }
        for (var connection : open) {
            end(connection, true);
        }
        var last = changes.since(snapshot);
        var table = table(last.changed());
        last.changed().forEach(id -> known.put(id, table.get(id)));
        assertEquals(contents(), known, "seed " + seed);
    }

    private static void end(Connection connection, boolean well) throws SQLException {
        try (connection) {
            if (well) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    private Map<Integer, Integer> table(List<Integer> ids) throws SQLException {
        var all = contents();
        all.keySet().retainAll(ids);
        return all;
    }

    private Map<Integer, Integer> contents() throws SQLException {
        var found = new HashMap<Integer, Integer>();
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, content from thing")) {
            while (rows.next()) {
                found.put(rows.getInt(1), rows.getInt(2));
            }
        }
        return found;
    }

    @Test
    void aThousandChangesAreOneLook() throws SQLException {
        var begin = changes.now();
        try (var connection = transaction()) {
            for (var id = 1; id <= 1_000; id++) {
                write(connection, id, id);
            }
            connection.commit();
        }
        assertEquals(
                IntStream.rangeClosed(1, 1_000).boxed().toList(),
                changes.since(begin).changed().stream().sorted().toList());
    }
}
