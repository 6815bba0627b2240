package dev.portcullis.kit.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.portcullis.kit.lifecycle.StartupException;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/**
 * One service's schema of a PostgreSQL: pooled, migrated when opened. Thread-safe.
 *
 * <p>Migrations are {@code db/migration/<schema>/V*.sql} on the class path, after those all services share in {@code db/migration/kit}.
 */
public final class Database implements AutoCloseable {
    /** Time to wait for a connection; short, so that a gate without database still answers HOLD in time. */
    private static final long CONNECTION_TIMEOUT_MS = 1_200;

    private static final int POOL_SIZE = 12;

    private final HikariDataSource pool;
    private final DataSource traced;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool, DataSource traced) {
        this.pool = pool;
        this.traced = traced;
        this.jdbi = Jdbi.create(traced);
    }

    /**
     * Connects, creates the schema if needed, migrates it.
     *
     * @throws StartupException when the server cannot be reached or the migration fails
     */
    public static Database open(
            DatabaseSettings settings, String schema, OpenTelemetry telemetry, MeterRegistry meters) {
        var pool = connect(settings, schema, meters);
        try {
            migrate(pool, schema);
        } catch (FlywayException e) {
            pool.close();
            throw new StartupException(
                    "the schema '" + schema + "' at " + settings.url() + " cannot be brought up to date: "
                            + e.getMessage(),
                    e);
        }
        var traced = JdbcTelemetry.builder(telemetry)
                .setDataSourceInstrumenterEnabled(false)
                .build()
                .wrap(pool);
        return new Database(pool, traced);
    }

    private static HikariDataSource connect(DatabaseSettings settings, String schema, MeterRegistry meters) {
        var config = new HikariConfig();
        config.setPoolName("portcullis-" + schema);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setSchema(schema);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setValidationTimeout(500);
        config.addDataSourceProperty("ApplicationName", "portcullis-" + schema);
        config.addDataSourceProperty("connectTimeout", "5");
        config.setMetricRegistry(meters);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new StartupException(
                    "the database " + settings.url() + " (user " + settings.user() + ") cannot be reached: "
                            + String.valueOf(cause.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                            + "; check PORTCULLIS_DB_URL, PORTCULLIS_DB_USER and PORTCULLIS_DB_PASSWORD",
                    e);
        }
    }

    private static void migrate(DataSource pool, String schema) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .schemas(schema)
                .createSchemas(true)
                .locations("classpath:db/migration/kit", "classpath:db/migration/" + schema)
                .load()
                .migrate();
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
                Jdbi.create(new PatientConnections(traced, permits)),
                Jdbi.create(new PatientConnections(pool, permits)));
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
