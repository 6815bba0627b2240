package dev.portcullis.kit.testing;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.retention.Retention;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Records of a running service that get old at once, behind its back. */
public final class OldRecords {
    private OldRecords() {}

    /** All records of a table that have ended did so earlier by so many months. */
    public static void age(DatabaseSettings database, String table, int months) {
        run(database, "update " + table + " set retention_start = retention_start - interval '" + months + " months'");
    }

    /** The clock has been steady for long, and the service's task is due now. */
    public static void deleteNow(DatabaseSettings database, String schema) {
        run(
                database,
                "insert into " + schema
                        + ".retention_clock (steady_since, latest) values (now() - interval '1 year', now())"
                        + " on conflict (single) do update set steady_since = excluded.steady_since");
        run(
                database,
                "update " + schema + ".scheduled_tasks set execution_time = now() where task_name = '" + Retention.TASK
                        + "'");
    }

    private static void run(DatabaseSettings database, String statement) {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var update = connection.createStatement()) {
            update.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
