package dev.portcullis.kit.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.portcullis.kit.lifecycle.StartupException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Pooled connections whose every use ends in time: a connection that has fallen silent (a failover, a forgotten address translation, a frozen server) is found,
 * closed and replaced.
 */
final class ConnectionPool {
    /** Time to wait for a connection; short, so that a gate without database still answers HOLD in time. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** What a connection that was not used for a while is asked first. Without it the driver's own check is used, which takes a second or more. */
    private static final String ALIVE = "select 1";

    private static final Duration ALIVE_LIMIT = Duration.ofMillis(500);
    /** The most connections of one service to its database. */
    static final int POOL_SIZE = 12;
    /** How often an idle connection is used, so that no firewall forgets it and a dead one is found; the least the pool allows. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(10);
    private static final Duration MIGRATION = Duration.ofMinutes(5);
    private static final String CONNECT_SECONDS = "2";

    private ConnectionPool() {}

    /**
     * Opens a pool.
     *
     * @param limit time for one statement and its answer, 1 s or more
     * @throws StartupException when the server cannot be reached or refuses
     */
    static HikariDataSource open(DatabaseSettings settings, String schema, Duration limit, MeterRegistry meters) {
        var config = config(settings, schema, limit);
        config.setMetricRegistry(meters);
        // The migration has just been there; on a busy machine a login may still take longer than a statement may.
        config.setInitializationFailTimeout(FIRST_CONNECTION.toMillis());
        return open(settings, config);
    }

    /** Connections on which a statement may take minutes, as one that rewrites a table does. */
    static HikariDataSource forMigration(DatabaseSettings settings, String schema) {
        var config = config(settings, schema, MIGRATION);
        config.setPoolName("portcullis-migration-" + schema);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        // Nobody waits for an answer yet, and a login on a busy machine may take longer than a caller can wait.
        config.setConnectionTimeout(FIRST_CONNECTION.toMillis());
        config.setIdleTimeout(LONGEST_LIFE.dividedBy(2).toMillis());
        return open(settings, config);
    }

    private static HikariDataSource open(DatabaseSettings settings, HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw unreachable(settings, e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            // An address that no driver understands.
            throw unreachable(settings, e);
        }
    }

    private static HikariConfig config(DatabaseSettings settings, String schema, Duration limit) {
        var config = new HikariConfig();
        config.setPoolName("portcullis-" + schema);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setSchema(schema);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(WAIT.toMillis());
        config.setConnectionTestQuery(ALIVE);
        config.setValidationTimeout(ALIVE_LIMIT.toMillis());
        config.setKeepaliveTime(KEEP_ALIVE.toMillis());
        config.setMaxLifetime(LONGEST_LIFE.toMillis());
        config.setConnectionInitSql(sessionLimits(limit));
        config.addDataSourceProperty("ApplicationName", "portcullis-" + schema);
        config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        config.addDataSourceProperty("socketTimeout", String.valueOf(limit.toSeconds()));
        config.addDataSourceProperty("cancelSignalTimeout", "1");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    /**
     * What the server does when we are gone or it is slow: it ends a statement a little before we would give up the connection, and lets go of the locks of a client it
     * no longer hears.
     */
    private static String sessionLimits(Duration limit) {
        return "set statement_timeout = " + (limit.toMillis() - 100)
                + "; set idle_in_transaction_session_timeout = '60s';"
                + " set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";
    }

    private static StartupException unreachable(DatabaseSettings settings, Throwable cause) {
        return new StartupException(
                "the database " + settings.shown() + " (user " + settings.user() + ") cannot be reached: "
                        + settings.withoutSecrets(String.valueOf(cause.getMessage()))
                                .lines()
                                .findFirst()
                                .orElse("")
                        + "; check PORTCULLIS_DB_URL, PORTCULLIS_DB_USER and PORTCULLIS_DB_PASSWORD",
                cause);
    }
}
