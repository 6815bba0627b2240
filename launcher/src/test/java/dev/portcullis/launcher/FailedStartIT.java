package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.kit.database.FailedStart;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.testing.DataFolders;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailedStartIT {
    @TempDir
    Path folder;

    @Test
    void aFolderThatAnInterruptedMigrationOfAnEarlierBuildLeftSaysWhatToDoAndStartsAfterThat() throws Exception {
        DataFolders.fill(data());
        start().close();
        execute("delete from rollback.flyway_schema_history where version is not null");
        var e = assertThrows(StartupException.class, this::start);
        assertTrue(e.getMessage().contains("relation \"scheduled_tasks\" already exists"), e.getMessage());
        assertTrue(e.getMessage().contains("drop schema rollback cascade"), e.getMessage());
        assertEquals(Optional.of(e.getMessage()), FailedStart.last(data()));

        execute("drop schema rollback cascade");
        start().close();
        assertEquals(Optional.empty(), FailedStart.last(data()));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void execute(String sql) throws SQLException {
        try (var database = EmbeddedDatabase.start(data());
                var connection = DriverManager.getConnection(
                        database.settings().url(),
                        database.settings().user(),
                        database.settings().password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private AllServices start() throws IOException {
        var config = Files.createDirectories(folder.resolve("config"));
        return AllServices.start(
                config, data(), new PrintStream(System.out, true, StandardCharsets.UTF_8), TestPortcullis.ANY_PORT);
    }
}
