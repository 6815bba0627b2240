package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A first start whose connections end at any message to the database that changes something, from the first migration on: the next start goes on from there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class InterruptedMigrationIT {
    private static final String FIRST = "create table scheduled_tasks";
    /** Everything that changes something or makes it last; what is only read cannot be left half done. */
    private static final Pattern CHANGES = Pattern.compile("(?i)create|alter|drop|insert|update|delete|commit");

    private final DatabaseSettings database = TestDatabase.empty();

    /** A fixed sample of what is tried in full below, which takes as long as there are migrations. */
    @ParameterizedTest
    @ValueSource(strings = {"analysis", "gate", "rollback"})
    void aStartInterruptedAtAnyFifthChangeDoesNotKeepTheNextFromStarting(String schema) throws Exception {
        interruptAtEvery(5, schema);
    }

    @Tag("extra")
    @ParameterizedTest
    @ValueSource(strings = {"analysis", "gate", "rollback"})
    void aStartInterruptedAtAnyChangeDoesNotKeepTheNextFromStarting(String schema) throws Exception {
        interruptAtEvery(1, schema);
    }

    private void interruptAtEvery(int step, String schema) throws Exception {
        try (var proxy = new DatabaseProxy(database)) {
            var interrupted = 0;
            for (int message = 1; isInterrupted(proxy, schema, message); message += step) {
                interrupted++;
                var at = "after the cut at message " + message;
                assertDoesNotThrow(() -> open(database, schema).close(), at);
                execute("drop schema " + schema + " cascade");
            }
            assertTrue(interrupted > 5, interrupted + " messages");
        }
    }

    private static boolean isInterrupted(DatabaseProxy proxy, String schema, int message) {
        proxy.cutAt(FIRST, CHANGES, message);
        try (var opened = open(proxy.settings(), schema)) {
            return proxy.messages() >= message;
        } catch (StartupException e) {
            return true;
        }
    }

    private static Database open(DatabaseSettings settings, String schema) {
        return Database.open(settings, schema, OpenTelemetry.noop(), new SimpleMeterRegistry());
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
