package dev.portcullis.kit.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * A look at a PostgreSQL that changes nothing.
 *
 * @param product name and version of the server
 * @param readOnly whether it takes no changes, as a replica
 * @param mayCreate whether new schemas may be made in the database
 * @param schemas the state of each schema asked for
 */
public record DatabaseInspection(String product, boolean readOnly, boolean mayCreate, List<SchemaState> schemas) {
    private static final String SECONDS = "5";

    /**
     * What is in one schema.
     *
     * @param name of the schema
     * @param exists whether it is there
     * @param mayUse whether its tables may be made and changed; false when it is not there
     * @param pending migrations that the next start makes
     * @param unknown versions of migrations that are newer than this program, or failed
     */
    public record SchemaState(String name, boolean exists, boolean mayUse, int pending, List<String> unknown) {
        public SchemaState {
            unknown = List.copyOf(unknown);
        }
    }

    public DatabaseInspection {
        schemas = List.copyOf(schemas);
    }

    /**
     * Looks.
     *
     * @param schemas names of the services' schemas
     * @throws SQLException when the server cannot be reached or refuses
     */
    public static DatabaseInspection of(DatabaseSettings settings, List<String> schemas) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        properties.setProperty("ApplicationName", "portcullis-doctor");
        try (Connection connection = DriverManager.getConnection(settings.url(), properties)) {
            List<SchemaState> states = new ArrayList<>();
            for (String schema : schemas) {
                states.add(state(connection, settings, schema));
            }
            var about = connection.getMetaData();
            return new DatabaseInspection(
                    about.getDatabaseProductName() + " " + about.getDatabaseProductVersion(),
                    text(connection, "show transaction_read_only").equals("on"),
                    text(connection, "select has_database_privilege(current_database(), 'CREATE')")
                            .equals("t"),
                    states);
        }
    }

    private static SchemaState state(Connection connection, DatabaseSettings settings, String schema)
            throws SQLException {
        boolean exists = text(connection, "select count(*) from pg_catalog.pg_namespace where nspname = ?", schema)
                .equals("1");
        boolean mayUse = exists
                && text(connection, "select has_schema_privilege(?, 'CREATE')", schema)
                        .equals("t");
        if (!exists) {
            return new SchemaState(schema, false, false, 0, List.of());
        }
        MigrationInfoService info = Flyway.configure(DatabaseInspection.class.getClassLoader())
                .dataSource(bounded(settings.url()), settings.user(), settings.password())
                .schemas(schema)
                .createSchemas(false)
                .locations("classpath:db/migration/kit", "classpath:db/migration/" + schema)
                .load()
                .info();
        return new SchemaState(schema, true, mayUse, info.pending().length, unknown(info));
    }

    /** The address with limits, so that a server which has stopped does not stop whoever looks. */
    private static String bounded(String url) {
        return url + (url.contains("?") ? "&" : "?") + "connectTimeout=" + SECONDS + "&socketTimeout=" + SECONDS;
    }

    private static List<String> unknown(MigrationInfoService info) {
        List<String> unknown = new ArrayList<>();
        for (MigrationInfo migration : info.applied()) {
            if (migration.getState().isFailed() || !migration.getState().isResolved()) {
                unknown.add(migration.getVersion() + " " + migration.getDescription());
            }
        }
        return unknown;
    }

    private static String text(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        }
    }
}
