package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.store.AuditRows;
import dev.portcullis.gate.store.PostgresAuditLog;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.audit.AuditSurroundings;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.transparency.LogKeys;
import dev.portcullis.kit.transparency.SignerKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a database administrator is given to run, run by a superuser beside a service whose role is none. */
final class AuditSqlIT {
    private static final String SERVICE = "gate_of_audit_sql";
    private static final String OWNER = "owner_of_audit_sql";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static void execute(DatabaseSettings as, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(as.url(), as.user(), as.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Database gate(DatabaseSettings settings) {
        return Database.open(settings, "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
    }

    private static PostgresAuditLog log(Database database) {
        var recorder = new AuditRecorder(
                "gate",
                AuditRows::add,
                () -> new AuditSurroundings(Map.of("interface", "INTERNAL"), "", "", ""),
                () -> Caller.LOCAL,
                new SimpleMeterRegistry());
        return new PostgresAuditLog(database.jdbi(), recorder);
    }

    private static void record(PostgresAuditLog log) {
        log.record(AuditEntry.done(
                Instant.EPOCH, AuditAction.CREATE_TOKEN, AuditActor.declared("alice"), "tokens/1", "", Map.of()));
    }

    @Test
    void theServiceCanAddToItsLogAndNothingElse() throws SQLException {
        var administrator = TestDatabase.empty();
        execute(administrator, "create role " + SERVICE + " login");
        execute(
                administrator,
                "do $$ begin execute format('grant create on database %I to " + SERVICE
                        + "', current_database()); end $$");
        var service =
                new DatabaseSettings(administrator.url().replaceFirst("user=[^&]*", "user=" + SERVICE), SERVICE, "");
        gate(service).close();
        assertEquals(0, run("audit", "sql", "--service-role", SERVICE, "--owner-role", OWNER), err::toString);
        execute(administrator, out.toString());
        execute(administrator, out.toString());

        // A later start finds nothing to migrate.
        var database = gate(service);
        try {
            var log = log(database);
            record(log);
            var signer = new AuditSigner(new LogKeys(SignerKey.generate("n", new SecureRandom()), List.of()));
            assertEquals(1, log.sequence(10, signer, List.of()).orElseThrow().entries());
            assertEquals(1, log.size());
            for (var statement : List.of(
                    "update audit.entries set body = '{}'",
                    "delete from audit.entries",
                    "truncate audit.entries",
                    "update audit.leaves set index = 7",
                    "delete from audit.checkpoints",
                    "delete from audit.cosignatures",
                    "alter table audit.entries disable trigger refuse",
                    "drop trigger refuse on audit.entries",
                    "drop table audit.entries",
                    "drop schema audit cascade",
                    "create table audit.more (id int)",
                    "create or replace function audit.refuse() returns trigger language plpgsql as 'begin return null; end'",
                    "set session_replication_role = replica",
                    "set role " + OWNER)) {
                var refused = assertThrows(SQLException.class, () -> execute(service, statement), statement);
                assertEquals("42501", refused.getSQLState(), () -> statement + ": " + refused.getMessage());
            }
            // Of this PostgreSQL only warns.
            execute(service, "grant delete on audit.entries to " + SERVICE);
            var refused = assertThrows(SQLException.class, () -> execute(service, "delete from audit.entries"));
            assertEquals("42501", refused.getSQLState());
            record(log);
            assertEquals(1, log.sequence(10, signer, List.of()).orElseThrow().entries());
        } finally {
            database.close();
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertEquals(2, run("audit", "sql", "--service-role", "x\"; drop schema audit; --"));
        assertTrue(
                err.toString().contains("--service-role is 'x\"; drop schema audit; --'; legal: letters"),
                err::toString);
    }
}
