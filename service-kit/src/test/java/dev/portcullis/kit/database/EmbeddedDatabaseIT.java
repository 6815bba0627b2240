package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseIT {
    @TempDir
    Path folder;

    @Test
    void dataOutlivesARestart() throws Exception {
        try (var database = EmbeddedDatabase.start(folder)) {
            execute(database.settings(), "create table kept (n int); insert into kept values (7)");
        }
        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals(7, number(database.settings(), "select n from kept"));
        }
    }

    @Test
    void aServerLeftByAKilledProcessIsStoppedAndItsDataKept() throws Exception {
        var arguments = List.of(folder.toString());
        try (var child = ChildJvm.start(Holder.class, arguments, Map.of(), folder.resolve("child.out"))) {
            child.awaitLine("holding", Duration.ofSeconds(60));
            child.kill();
        }
        var orphan = Long.parseLong(
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst());
        assertTrue(
                ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false), "the server outlives its parent");

        try (var database = EmbeddedDatabase.start(folder)) {
            assertTrue(ProcessHandle.of(orphan).map(p -> !p.isAlive()).orElse(true), "the orphan is gone");
            assertEquals(7, number(database.settings(), "select n from kept"));
        }
    }

    @Test
    void aFolderInUseIsRefusedByName() {
        try (var database = EmbeddedDatabase.start(folder)) {
            var e = assertThrows(StartupException.class, () -> EmbeddedDatabase.start(folder));
            assertTrue(e.getMessage().contains(folder + " is in use"), e.getMessage());
            assertTrue(!database.settings().url().isEmpty());
        }
    }

    @Test
    void aFolderWhoseFirstStartWasInterruptedIsMadeAnew() throws Exception {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/postgresql.conf"), "# half written");
        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals(1, number(database.settings(), "select 1"));
        }
    }

    private static void execute(DatabaseSettings settings, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(DatabaseSettings settings, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** A process that holds a database until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            var database = EmbeddedDatabase.start(Path.of(arguments[0]));
            execute(database.settings(), "create table kept (n int); insert into kept values (7)");
            System.out.println("holding");
            Thread.currentThread().join();
        }
    }
}
