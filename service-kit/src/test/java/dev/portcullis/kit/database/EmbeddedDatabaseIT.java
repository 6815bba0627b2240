package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.DataFolders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Where a test is not about the first start in a folder, it gets one that was started before. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class EmbeddedDatabaseIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void dataOutlivesARestart() throws Exception {
        try (var database = EmbeddedDatabase.start(folder)) {
            execute(database.settings(), "create table kept (n int); insert into kept values (7)");
        }
        assertKept();
        assertTrue(Postmaster.find(folder.resolve("postgres")).isEmpty(), "no server is left");
    }

    private void assertKept() throws SQLException {
        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals(7, number(database.settings(), "select n from kept"));
        }
    }

    @Test
    void aServerLeftByAKilledProcessIsStoppedAndItsDataKept() throws Exception {
        var orphan = orphan();
        assertKept();
        assertTrue(!orphan.isAlive(), "the orphan is gone");
    }

    @Test
    void aServerLeftByAKilledProcessIsFoundThoughItsNumberIsLost() throws Exception {
        var orphan = orphan();
        Files.writeString(folder.resolve("postgres/postmaster.pid"), "");
        assertKept();
        assertTrue(!orphan.isAlive(), "the orphan is gone");
    }

    @Test
    void aServerLeftByAKilledProcessIsStoppedThoughNoneOfItsProcessesRuns() throws Exception {
        var orphan = orphan();
        var all = Stream.concat(Stream.of(orphan), orphan.descendants()).toList();
        assertTrue(all.size() > 1, "it has processes of its own");
        for (var process : all) {
            new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
        assertKept();
        assertTrue(all.stream().noneMatch(ProcessHandle::isAlive), "all of the orphan is gone");
    }

    private ProcessHandle orphan() {
        DataFolders.fill(folder);
        var arguments = List.of(folder.toString());
        try (var child = ChildJvm.start(Holder.class, arguments, Map.of(), folder.resolve("child.out"))) {
            child.awaitLine("holding", LIMIT);
            child.kill();
        }
        return Postmaster.find(folder.resolve("postgres")).orElseThrow();
    }

    @Test
    void aNoteOfAServerThatIsGoneKeepsNobodyFromStarting() throws Exception {
        DataFolders.fill(folder);
        try (var database = EmbeddedDatabase.start(folder)) {
            execute(database.settings(), "create table kept (n int); insert into kept values (7)");
        }
        var file = folder.resolve("postgres/postmaster.pid");
        var notes = List.of(
                "",
                "no number",
                ProcessHandle.current().pid() + "\n" + folder.resolve("postgres") + "\n1\n5432\n",
                "1\n" + folder.resolve("postgres") + "\n1\n5432\n");
        for (var note : notes) {
            Files.writeString(file, note);
            assertKept();
        }
    }

    @Test
    void aServerOfAnotherFolderWhoseNumberIsInTheNoteIsLeftAlone(@TempDir Path other) throws Exception {
        DataFolders.fill(folder);
        DataFolders.fill(other);
        try (var neighbour = EmbeddedDatabase.start(other)) {
            Files.copy(other.resolve("postgres/postmaster.pid"), folder.resolve("postgres/postmaster.pid"));
            EmbeddedDatabase.start(folder).close();
            assertEquals(1, number(neighbour.settings(), "select 1"));
        }
    }

    @Test
    void aServerThatIsKilledIsStartedAgainOnTheSamePort() throws Exception {
        DataFolders.fill(folder);
        try (var database = EmbeddedDatabase.start(folder)) {
            execute(database.settings(), "create table kept (n int); insert into kept values (7)");
            server().destroyForcibly();
            Await.until("the server again", LIMIT, () -> number(database.settings(), "select n from kept") == 7);
        }
    }

    @Test
    void aServerThatCannotBeStartedAgainIsReported() throws Exception {
        DataFolders.fill(folder);
        var lost = new CountDownLatch(1);
        try (var database = EmbeddedDatabase.start(folder, Duration.ofSeconds(1), lost::countDown)) {
            Files.delete(folder.resolve("postgres/global/pg_control"));
            server().destroyForcibly();
            assertTrue(lost.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertTrue(!database.settings().url().isEmpty());
        }
    }

    private ProcessHandle server() {
        return Postmaster.find(folder.resolve("postgres")).orElseThrow();
    }

    @Test
    void nobodyGetsInWithoutThePasswordWhichOnlyThisUserMayRead() throws Exception {
        var programs = Files.createDirectory(folder.resolve("postgres-programs"));
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var database = EmbeddedDatabase.start(folder)) {
            assertRefused(database.settings());
            assertTrue(!database.settings().url().contains(database.settings().password()));
        }
        assertEquals("rw-------", permissions("postgres.password"));
        assertEquals("rwx------", permissions("postgres-programs"));
        assertEquals("rwx------", permissions("postgres"));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private static void assertRefused(DatabaseSettings settings) {
        var e = assertThrows(
                SQLException.class,
                () -> number(new DatabaseSettings(settings.url(), "postgres", "guess"), "select 1"));
        assertEquals("28P01", e.getSQLState());
    }

    @Test
    void aFolderThatLetAnybodyInIsBroughtOverWithItsData() throws Exception {
        try (var trusting = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start()) {
            var settings = new DatabaseSettings(trusting.getJdbcUrl("postgres", "postgres"), "postgres", "");
            execute(settings, "create table kept (n int); insert into kept values (7)");
        }
        Files.createFile(folder.resolve("postgres.initialized"));
        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals(7, number(database.settings(), "select n from kept"));
            assertRefused(database.settings());
            var log = Files.readString(folder.resolve("postgres.log"));
            assertTrue(!log.contains(database.settings().password()), log);
        }
        assertKept();
    }

    @Test
    void aPasswordFileThatIsLostIsMadeAnew() throws Exception {
        DataFolders.fill(folder);
        try (var database = EmbeddedDatabase.start(folder)) {
            execute(database.settings(), "create table kept (n int); insert into kept values (7)");
        }
        Files.delete(folder.resolve("postgres.password"));
        assertKept();
    }

    @Test
    void programsOfAnotherVersionAreReplaced() throws Exception {
        var programs = Files.createDirectories(folder.resolve("postgres-programs"));
        Files.createDirectories(programs.resolve("other/bin"));
        Files.createDirectories(programs.resolve("begun/bin"));
        EmbeddedDatabase.start(folder).close();
        try (var left = Files.list(programs)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void theProgramsOfASecondFolderAreThoseOfTheFirst() throws Exception {
        var shared = Optional.of(new SharedPrograms(folder.resolve("cache")));
        var log = folder.resolve("log");
        var first = PostgresPrograms.unpack(folder.resolve("first"), log, shared);
        var second = PostgresPrograms.unpack(folder.resolve("second"), log, shared);
        assertTrue(Files.isSameFile(
                first.home().resolve("bin/postgres"), second.home().resolve("bin/postgres")));
        PrivateFiles.deleteContent(folder.resolve("cache"));
        second.run("postgres", "--version");
        assertTrue(Files.readString(log).startsWith("postgres (PostgreSQL)"), Files.readString(log));
    }

    @Test
    void aFolderInUseIsRefusedByName() {
        DataFolders.fill(folder);
        try (var database = EmbeddedDatabase.start(folder)) {
            var e = assertThrows(StartupException.class, () -> EmbeddedDatabase.start(folder));
            assertTrue(e.getMessage().contains(folder + " is in use"), e.getMessage());
            assertTrue(!database.settings().url().isEmpty());
        }
    }

    @Test
    void aFolderThatDoesNotStartSaysWhatItsServerSaid() throws Exception {
        DataFolders.fill(folder);
        Files.writeString(folder.resolve("postgres/PG_VERSION"), "9");
        var e = assertThrows(StartupException.class, () -> EmbeddedDatabase.start(folder));
        assertTrue(e.getMessage().contains("FATAL:  database files are incompatible with server"), e.getMessage());
    }

    @Test
    void aFolderWhoseFirstStartWasInterruptedIsMadeAnewAndNothingIsThrownAway() throws Exception {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/postgresql.conf"), "# half written");
        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals(1, number(database.settings(), "select 1"));
        }
        try (var files = Files.list(folder)) {
            assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("postgres.unfinished-")));
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
