package dev.portcullis.gate.store;

import dev.portcullis.gate.access.AccessToken;
import dev.portcullis.gate.access.AccessTokens;
import dev.portcullis.gate.access.TooManyTokensException;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.identity.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The static tokens in PostgreSQL. Thread-safe. */
public final class PostgresAccessTokens implements AccessTokens {
    private static final String INSERT = """
            insert into access_tokens (id, holder, sha256, roles, services, created_at, creator, expires_at)
            values (:id, :holder, :sha256, :roles, :services, :created, :creator, :end)
            returning *""";

    private static final String REVOKE = """
            update access_tokens set revoked_at = :time, revoker = :revoker
            where id = :id and revoked_at is null
            returning *""";

    private static final String USED = """
            update access_tokens set last_used_at = :hour
            where sha256 = :sha256 and (last_used_at is null or last_used_at < :hour)""";

    private final Sql sql;
    private final AuditRecorder audit;

    /** @param audit records each change in the transaction that makes it */
    public PostgresAccessTokens(Jdbi jdbi, AuditRecorder audit) {
        this.sql = new Sql(jdbi);
        this.audit = audit;
    }

    @Override
    public AccessToken create(AccessToken token) {
        return sql.write(handle -> {
            // Whoever else makes one waits, so that both count it; tokens are made rarely.
            handle.execute("lock table access_tokens in share row exclusive mode");
            if (good(handle, token) >= MOST_GOOD) {
                throw new TooManyTokensException(token.holder());
            }
            var kept = handle.createQuery(INSERT)
                    .bind("id", token.id())
                    .bind("holder", token.holder())
                    .bind("sha256", token.sha256())
                    .bindArray(
                            "roles",
                            String.class,
                            token.roles().stream().map(Role::word).toArray())
                    .bindArray("services", String.class, token.services().toArray())
                    .bind("created", token.created())
                    .bind("creator", token.creator())
                    .bind("end", token.end())
                    .map(PostgresAccessTokens::read)
                    .one();
            audit.record(handle, entry(AuditAction.CREATE_TOKEN, token.created(), kept));
            return kept;
        });
    }

    private static int good(Handle handle, AccessToken token) {
        return handle.createQuery("""
                        select count(*) from access_tokens
                        where holder = :holder and revoked_at is null and expires_at > :now""")
                .bind("holder", token.holder())
                .bind("now", token.created())
                .mapTo(Integer.class)
                .one();
    }

    private AuditEntry entry(AuditAction action, Instant time, AccessToken token) {
        return new AuditEntry(
                time,
                action,
                audit.actor(),
                Optional.empty(),
                Optional.of(token.name()),
                AuditEntry.Outcome.SUCCESS,
                "",
                Map.of(
                        "token",
                        Map.of(
                                "holder",
                                token.holder(),
                                "roles",
                                token.roles().stream().map(Role::word).toList(),
                                "services",
                                token.services(),
                                "expires",
                                token.end().toString())));
    }

    @Override
    public Optional<AccessToken> revoke(UUID id, AccessToken.Revocation revocation) {
        return sql.write(handle -> {
            var revoked = handle.createQuery(REVOKE)
                    .bind("id", id)
                    .bind("time", revocation.time())
                    .bind("revoker", revocation.revoker())
                    .map(PostgresAccessTokens::read)
                    .findOne();
            revoked.ifPresent(token -> audit.record(handle, entry(AuditAction.REVOKE_TOKEN, revocation.time(), token)));
            return revoked.or(() -> handle.createQuery("select * from access_tokens where id = :id")
                    .bind("id", id)
                    .map(PostgresAccessTokens::read)
                    .findOne());
        });
    }

    @Override
    public List<AccessToken> list(Optional<String> holder, OptionalLong before, int limit) {
        return sql.read(handle -> handle.createQuery("""
                        select * from access_tokens
                        where (:holder = '' or holder = :holder) and number < :before
                        order by number desc limit :limit""")
                .bind("holder", holder.orElse(""))
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map(PostgresAccessTokens::read)
                .list());
    }

    @Override
    public List<AccessToken> good(Instant now) {
        return sql.read(handle -> handle.createQuery(
                        "select * from access_tokens where revoked_at is null and expires_at > :now")
                .bind("now", now)
                .map(PostgresAccessTokens::read)
                .list());
    }

    @Override
    public void used(Map<String, Instant> hours) {
        if (hours.isEmpty()) {
            return;
        }
        sql.read(handle -> {
            var batch = handle.prepareBatch(USED);
            hours.forEach((sha256, hour) ->
                    batch.bind("sha256", sha256).bind("hour", hour).add());
            return batch.execute();
        });
    }

    private static AccessToken read(ResultSet row, StatementContext context) throws SQLException {
        var revoked = ReleaseRows.time(row, "revoked_at");
        var revoker = row.getString("revoker");
        return new AccessToken(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("holder"),
                row.getString("sha256"),
                texts(row, "roles").flatMap(word -> Role.of(word).stream()).toList(),
                texts(row, "services").toList(),
                row.getTimestamp("created_at").toInstant(),
                row.getString("creator"),
                row.getTimestamp("expires_at").toInstant(),
                revoked.map(time -> new AccessToken.Revocation(time, revoker)),
                ReleaseRows.time(row, "last_used_at"));
    }

    private static Stream<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray());
    }
}
