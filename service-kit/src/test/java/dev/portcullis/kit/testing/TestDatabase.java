package dev.portcullis.kit.testing;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server per test run, with a database of its own for whoever asks. Thread-safe. */
public final class TestDatabase {
    private static final List<String> SCHEMAS = List.of("analysis", "gate", "rollback");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /** Settings of a new database without rows; the schemas of the services on the class path are there and up to date. */
    public static DatabaseSettings fresh() {
        return create("test_" + NUMBER.incrementAndGet(), Migrated.TEMPLATE);
    }

    /** Settings of a new database without schemas. */
    public static DatabaseSettings empty() {
        return create("test_" + NUMBER.incrementAndGet(), "template1");
    }

    private static DatabaseSettings create(String name, String template) {
        try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseSettings(Server.POSTGRES.getJdbcUrl("postgres", name), "postgres", "");
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        /**
         * Nothing of it outlives the tests, so it writes for no crash. Vacuuming goes round all databases within a minute, which are hundreds here, and finds nothing
         * to do in any.
         */
        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("autovacuum", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Migrated once and copied: to migrate takes longer than most tests. */
    private static final class Migrated {
        static final String TEMPLATE = make();

        private static String make() {
            var name = "migrated";
            var settings = create(name, "template1");
            for (var schema : SCHEMAS) {
                if (TestDatabase.class.getResource("/db/migration/" + schema) != null) {
                    Database.open(settings, schema, OpenTelemetry.noop(), new SimpleMeterRegistry())
                            .close();
                }
            }
            return name;
        }
    }
}
