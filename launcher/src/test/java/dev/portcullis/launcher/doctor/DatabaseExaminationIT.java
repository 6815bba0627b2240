package dev.portcullis.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.kit.database.FailedStart;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real PostgreSQL, each fault in its exact words. */
final class DatabaseExaminationIT {
    @TempDir
    Path folder;

    private final DatabaseSettings database = TestDatabase.empty();

    private List<String> lines(String user) {
        return ExaminationResults.lines(
                new DatabaseExamination(), folder, Map.of("PORTCULLIS_DB_URL", shown(), "PORTCULLIS_DB_USER", user));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String shown() {
        return database.url().replaceAll("\\?.*", "");
    }

    @Test
    void anEmptyDatabaseIsWell() {
        var line = lines(database.user()).getFirst();
        assertTrue(
                line.matches(
                        "ok   database      PostgreSQL .* at jdbc:postgresql://.*, schemas: analysis to be made, gate to be"
                                + " made, rollback to be made"),
                line);
    }

    @Test
    void aRoleThatMayNotMakeASchemaIsToldTheStatement() throws Exception {
        execute("create role newcomer login");
        execute("create schema analysis authorization newcomer; create schema gate authorization newcomer");
        assertEquals(
                List.of(
                        "FAIL database      the role newcomer may not make the schema 'rollback', which is missing",
                        "fix: run in the database: create schema rollback authorization \"newcomer\""),
                lines("newcomer"));
    }

    @Test
    void aSchemaOfSomebodyElseIsToldTheStatement() throws Exception {
        execute("create role guest login");
        execute(
                "create schema analysis; create schema gate authorization guest; create schema rollback authorization guest");
        assertEquals(
                List.of(
                        "FAIL database      the role guest may not make tables in the schema 'analysis'",
                        "fix: run in the database: alter schema analysis owner to \"guest\""),
                lines("guest"));
    }

    @Test
    void aReplicaIsNoPlaceForThem() throws Exception {
        execute("alter database " + shown().replaceAll(".*/", "") + " set default_transaction_read_only = on");
        assertEquals(
                List.of(
                        "FAIL database      " + shown() + " accepts no changes, like a replica",
                        "fix: name the primary server in PORTCULLIS_DB_URL"),
                lines(database.user()));
    }

    @Test
    void migrationsOfANewerVersionAreNamed() throws Exception {
        ServiceLauncher.start("rollback", ExaminationResults.settings(database, folder, 0, 0))
                .close();
        execute(
                "insert into rollback.flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) values (99, '99', 'from the future', 'SQL', 'V99.sql', 'x', 1, true)");
        assertEquals(
                List.of(
                        "FAIL database      the schema 'rollback' has migrations that failed or are of a newer Portcullis: 99 from"
                                + " the future",
                        "fix: run the version of Portcullis that made them, or restore a backup"),
                lines(database.user()));
    }

    @Test
    void aRoleThatDoesNotExistIsToldToBeSet() {
        var told = lines("nobody");
        assertTrue(
                told.getFirst().startsWith("FAIL database      " + shown() + ": FATAL: role \"nobody\""),
                told.toString());
        assertEquals(
                "fix: set PORTCULLIS_DB_USER and PORTCULLIS_DB_PASSWORD to a role that may log in", told.getLast());
    }

    @Test
    void aDatabaseThatDoesNotExistIsToldToBeMade() {
        var told = ExaminationResults.lines(
                new DatabaseExamination(),
                folder,
                Map.of(
                        "PORTCULLIS_DB_URL",
                        shown().replaceAll("/[^/]*$", "/nowhere"),
                        "PORTCULLIS_DB_USER",
                        database.user()));
        assertTrue(told.getFirst().contains("FATAL: database \"nowhere\" does not exist"), told.toString());
        assertEquals(
                "fix: make the database, as with: createdb --owner postgres NAME, or correct PORTCULLIS_DB_URL",
                told.getLast());
    }

    @Test
    void anAddressThatIsNoneIsToldWithAnExample() {
        var told = ExaminationResults.lines(new DatabaseExamination(), folder, Map.of("PORTCULLIS_DB_URL", "db:5432"));
        assertEquals(
                List.of(
                        "FAIL database      db:5432: No suitable driver found for db:5432",
                        "fix: start the server, or correct PORTCULLIS_DB_URL, e.g. jdbc:postgresql://db:5432/portcullis"),
                told);
    }

    @Test
    void aFileInPlaceOfTheDataFolderIsTold() throws Exception {
        Files.writeString(folder.resolve("data"), "");
        assertEquals(
                List.of(
                        "FAIL database      the data folder " + folder.resolve("data") + " cannot be used: "
                                + folder.resolve("data") + " is not a folder that can be written to",
                        "fix: choose another with --data or PORTCULLIS_DATA, or name a PostgreSQL in PORTCULLIS_DB_URL"),
                ExaminationResults.lines(new DatabaseExamination(), folder, Map.of()));
    }

    @Test
    void aFolderWhoseLastStartFailedIsToldWithTheReason() throws Exception {
        var data = Files.createDirectories(folder.resolve("data"));
        FailedStart.note(data, "the schema 'gate' cannot be brought up to date");
        var lines = ExaminationResults.lines(new DatabaseExamination(), folder, Map.of());
        assertEquals(
                List.of(
                        "FAIL database      the last start in the data folder " + data
                                + " failed: the schema 'gate' cannot be brought up to date",
                        "fix: do what it says and start again; a start that goes well removes this note"),
                lines.subList(0, 2));
    }

    @Test
    void aPasswordInTheAddressIsNotShown() {
        var address = shown().replace("//", "//nobody:hunter2@") + "?password=hunter3&sslpassword=hunter4";
        for (var url : List.of(address, address.replace("jdbc:", ""), address.replace("localhost", "local host"))) {
            var told = ExaminationResults.lines(new DatabaseExamination(), folder, Map.of("PORTCULLIS_DB_URL", url));
            assertTrue(told.getFirst().startsWith("FAIL database"), told.toString());
            assertTrue(!told.toString().contains("hunter"), told.toString());
        }
    }

    /** up cannot make a folder where a link is, wherever it leads. */
    @Test
    void aDataFolderThatIsALinkToNowhereIsTold() throws Exception {
        var data = Files.createSymbolicLink(folder.resolve("data"), Path.of("/nonexistent/folder"));
        assertEquals(
                "FAIL database      the data folder " + data + " cannot be used: " + data
                        + " is not a folder that can be written to",
                ExaminationResults.lines(new DatabaseExamination(), folder, Map.of())
                        .getFirst());
        var refused = assertThrows(StartupException.class, () -> EmbeddedDatabase.start(data));
        assertEquals(
                "the data folder " + data + " cannot be used: " + data + " is no folder, or a link that leads to none",
                refused.getMessage());
    }
}
