package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Two versions side by side, as while an installation is upgraded: the older one starts on what the newer one has made. */
final class NewerSchemaIT {
    @Test
    void theVersionBeforeStartsOnTheSchemaOfTheNextOne() throws SQLException {
        var settings = TestDatabase.empty();
        open(settings).close();
        try (var older = open(settings);
                var connection = older.untraced().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table of_the_next_version (id int primary key)");
            assertEquals(
                    1,
                    statement.executeUpdate(
                            "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
                                    + " select max(installed_rank) + 1, '999', 'next', 'SQL', 'V999__next.sql', 1, 'portcullis', 1, true from flyway_schema_history"));
        }
        try (var restarted = open(settings)) {
            int made = restarted.jdbi().withHandle(handle -> handle.createQuery(
                            "select count(*) from flyway_schema_history where version = '999'")
                    .mapTo(Integer.class)
                    .one());
            assertEquals(1, made);
        }
    }

    private static Database open(DatabaseSettings settings) {
        return Database.open(settings, "newer", OpenTelemetry.noop(), new SimpleMeterRegistry());
    }
}
