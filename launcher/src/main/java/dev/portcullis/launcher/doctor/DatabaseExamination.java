package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.database.DatabaseInspection;
import dev.portcullis.kit.database.DatabaseInspection.SchemaState;
import dev.portcullis.kit.database.DatabaseSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The PostgreSQL that was named, or the data folder of the embedded one. */
final class DatabaseExamination implements Examination {
    private static final String SUBJECT = "database";
    private static final List<String> SCHEMAS = List.of("analysis", "gate", "rollback");
    private static final String URL = "PORTCULLIS_DB_URL";

    @Override
    public List<CheckResult> outcomes(Environment environment) {
        return environment.has(URL)
                ? given(new DatabaseSettings(
                        environment.get(URL, ""),
                        environment.get("PORTCULLIS_DB_USER", "portcullis"),
                        environment.variables().getOrDefault("PORTCULLIS_DB_PASSWORD", "")))
                : new DataFolder(environment.data()).outcomes();
    }

    /** A server, whoever started it. */
    static List<CheckResult> given(DatabaseSettings settings) {
        try {
            return found(settings, DatabaseInspection.of(settings, SCHEMAS));
        } catch (SQLException e) {
            return List.of(CheckResult.failed(
                    SUBJECT,
                    settings.shown() + ": "
                            + settings.withoutSecrets(String.valueOf(e.getMessage()))
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    fix(String.valueOf(e.getSQLState()), settings)));
        }
    }

    private static String fix(String state, DatabaseSettings settings) {
        return switch (state) {
            case "28P01", "28000" -> "set PORTCULLIS_DB_USER and PORTCULLIS_DB_PASSWORD to a role that may log in";
            case "3D000" ->
                "make the database, as with: createdb --owner " + settings.user() + " NAME, or correct " + URL;
            case "null" -> "correct " + URL + ", e.g. jdbc:postgresql://db:5432/portcullis";
            default -> "start the server, or correct " + URL + ", e.g. jdbc:postgresql://db:5432/portcullis";
        };
    }

    private static List<CheckResult> found(DatabaseSettings settings, DatabaseInspection inspection) {
        List<CheckResult> faults = new ArrayList<>();
        if (inspection.readOnly()) {
            faults.add(CheckResult.failed(
                    SUBJECT,
                    settings.shown() + " accepts no changes, like a replica",
                    "name the primary server in " + URL));
        }
        inspection.schemas().forEach(schema -> schema(settings, inspection, schema, faults));
        return faults.isEmpty()
                ? List.of(CheckResult.ok(
                        SUBJECT, inspection.product() + " at " + settings.shown() + ", " + schemas(inspection)))
                : faults;
    }

    private static void schema(
            DatabaseSettings settings, DatabaseInspection inspection, SchemaState schema, List<CheckResult> faults) {
        if (!schema.exists() && !inspection.mayCreate()) {
            faults.add(CheckResult.failed(
                    SUBJECT,
                    "the role " + settings.user() + " may not make the schema '" + schema.name()
                            + "', which is missing",
                    "run in the database: create schema " + schema.name() + " authorization \"" + settings.user()
                            + "\""));
        }
        if (schema.exists() && !schema.mayUse()) {
            faults.add(CheckResult.failed(
                    SUBJECT,
                    "the role " + settings.user() + " may not make tables in the schema '" + schema.name() + "'",
                    "run in the database: alter schema " + schema.name() + " owner to \"" + settings.user() + "\""));
        }
        if (!schema.unknown().isEmpty()) {
            faults.add(CheckResult.failed(
                    SUBJECT,
                    "the schema '" + schema.name() + "' has migrations that failed or are of a newer Portcullis: "
                            + String.join(", ", schema.unknown()),
                    "run the version of Portcullis that made them, or restore a backup"));
        }
    }

    private static String schemas(DatabaseInspection inspection) {
        return inspection.schemas().stream()
                .map(schema -> schema.name()
                        + (!schema.exists()
                                ? " to be made"
                                : schema.pending() == 0
                                        ? " up to date"
                                        : " with " + schema.pending() + " migrations to come"))
                .collect(Collectors.joining(", ", "schemas: ", ""));
    }
}
