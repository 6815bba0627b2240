package dev.portcullis.gate.store;

import dev.portcullis.gate.session.ConsoleSession;
import dev.portcullis.gate.session.ConsoleSessions;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.identity.IdentityClaims;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The sessions of the console in PostgreSQL. Thread-safe. */
public final class PostgresConsoleSessions implements ConsoleSessions {
    private static final String INSERT = """
            insert into console_sessions (id, secret_hash, issuer, subject, claims, created_at, used_at)
            values (:id, :hash, :issuer, :subject, :claims, :created, :used)""";

    private final Sql sql;
    private final AuditRecorder audit;

    /** @param audit records who signs in and out in the transaction that does it */
    public PostgresConsoleSessions(Jdbi jdbi, AuditRecorder audit) {
        this.sql = new Sql(jdbi);
        this.audit = audit;
    }

    @Override
    public void add(ConsoleSession session, byte[] secretHash, AuditActor actor) {
        sql.write(handle -> {
            var added = handle.createUpdate(INSERT)
                    .bind("id", session.id())
                    .bind("hash", secretHash)
                    .bind("issuer", session.person().issuer())
                    .bind("subject", session.person().subject())
                    .bind("claims", session.person().claims())
                    .bind("created", session.created())
                    .bind("used", session.used())
                    .execute();
            audit.record(handle, entry(AuditAction.SIGN_IN, session, session.created(), actor));
            return added;
        });
    }

    private static AuditEntry entry(AuditAction action, ConsoleSession session, Instant time, AuditActor actor) {
        return AuditEntry.done(time, action, actor, session.name(), "", Map.of());
    }

    @Override
    public Optional<ConsoleSession> find(byte[] secretHash) {
        return sql.read(handle -> handle.createQuery("select * from console_sessions where secret_hash = :hash")
                .bind("hash", secretHash)
                .map(PostgresConsoleSessions::read)
                .findOne());
    }

    @Override
    public void use(ConsoleSession session, Instant time) {
        sql.read(handle -> handle.createUpdate(
                        "update console_sessions set used_at = :time where id = :id and used_at < :time")
                .bind("id", session.id())
                .bind("time", time)
                .execute());
    }

    @Override
    public void end(ConsoleSession session, Instant time, AuditActor actor) {
        sql.write(handle -> {
            var ended = handle.createUpdate("delete from console_sessions where id = :id")
                    .bind("id", session.id())
                    .execute();
            // Whoever signs out in two windows at once has signed out once.
            if (ended > 0) {
                audit.record(handle, entry(AuditAction.SIGN_OUT, session, time, actor));
            }
            return ended;
        });
    }

    @Override
    public int forget(Instant created, Instant used) {
        return sql.read(handle -> handle.createUpdate(
                        "delete from console_sessions where created_at <= :created or used_at <= :used")
                .bind("created", created)
                .bind("used", used)
                .execute());
    }

    private static ConsoleSession read(ResultSet row, StatementContext context) throws SQLException {
        return new ConsoleSession(
                row.getObject("id", UUID.class),
                new IdentityClaims(row.getString("issuer"), row.getString("subject"), row.getString("claims")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("used_at").toInstant());
    }
}
