package dev.portcullis.kit.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.kit.lifecycle.StartupException;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * One service's schema of a PostgreSQL: pooled, migrated when opened. Thread-safe.
 *
 * <p>Migrations are {@code db/migration/<schema>/V*.sql} on the class path, after those all services share in {@code db/migration/kit}.
 */
public final class Database implements AutoCloseable {
    /** Time for one statement where nothing else is said. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** SQL states of what is to be made and is there already. */
    private static final Set<String> DUPLICATE = Set.of("42P07", "42701", "42710", "42P06");

    private final HikariDataSource pool;
    private final DataSource traced;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool, DataSource traced) {
        this.pool = pool;
        this.traced = traced;
        this.jdbi = Jdbi.create(traced);
    }

    /** Opens one whose statements may take 10 s each; see {@link #open(DatabaseSettings, String, Duration, OpenTelemetry, MeterRegistry)}. */
    public static Database open(
            DatabaseSettings settings, String schema, OpenTelemetry telemetry, MeterRegistry meters) {
        return open(settings, schema, LIMIT, telemetry, meters);
    }

    /**
     * Connects, creates the schema if needed, migrates it.
     *
     * @param limit time for one statement and its answer, whole seconds, 1 or more: after that it fails and its connection is replaced. Migrations have longer
     * @throws StartupException when the server cannot be reached or the migration fails
     */
    public static Database open(
            DatabaseSettings settings, String schema, Duration limit, OpenTelemetry telemetry, MeterRegistry meters) {
        try (var connections = ConnectionPool.forMigration(settings, schema)) {
            migrate(connections, schema);
        } catch (FlywayException e) {
            throw new StartupException(
                    "the schema '" + schema + "' at " + settings.shown() + " cannot be brought up to date: "
                            + settings.withoutSecrets(String.valueOf(e.getMessage())) + hint(e, schema),
                    e);
        }
        var pool = ConnectionPool.open(settings, schema, limit, meters);
        var traced = JdbcTelemetry.builder(telemetry)
                .setDataSourceInstrumenterEnabled(false)
                .build()
                .wrap(pool);
        return new Database(pool, traced);
    }

    private static void migrate(DataSource pool, String schema) {
        var configuration = Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .schemas(schema)
                .createSchemas(true)
                .locations("classpath:db/migration/kit", "classpath:db/migration/" + schema);
        // The lock is then the session's and not a transaction's, so that one connection does all: a migration and the
        // note that it was made are one transaction. With two, a process that ended between their commits left tables
        // without the note, and no later start went by them.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        configuration.load().migrate();
    }

    private static String hint(FlywayException e, String schema) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DUPLICATE.contains(String.valueOf(sql.getSQLState()))) {
                return "; earlier builds left it so when they were ended during a migration: when the schema holds"
                        + " nothing to keep, run in the database: drop schema " + schema
                        + " cascade, or use an empty data folder; otherwise restore a backup";
            }
        }
        return "";
    }

    /** The pool without spans, for machinery that polls. */
    public DataSource untraced() {
        return pool;
    }

    /**
     * Access for work that may wait, so that requests find a connection however much of it there is.
     *
     * @param connections it takes at most so many at once, 1 or more
     */
    public BackgroundAccess background(int connections) {
        var permits = new Semaphore(connections);
        return new BackgroundAccess(
                Jdbi.create(new LimitedConnections(traced, permits)),
                Jdbi.create(new LimitedConnections(pool, permits)));
    }

    /** Access with a span per statement. */
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }
}
