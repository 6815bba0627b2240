package dev.portcullis.gate.store;

import dev.portcullis.gate.github.ProtectionRule;
import dev.portcullis.gate.github.ProtectionRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The requests of GitHub in PostgreSQL. Thread-safe. */
public final class PostgresProtectionRules implements ProtectionRules {
    /** A delivery that comes again changes nothing; a run that was started again has a delivery of its own. */
    private static final String OPEN = """
            insert into protection_rules as r
              (delivery, installation, repository_id, repository, environment, run, sha, traceparent, received_at, next_try)
            select :delivery, :installation, :repositoryId, :repository, :environment, :run, :sha, :traceparent, :receivedAt, :receivedAt
            where not exists (select from protection_rules where delivery = :delivery)
            on conflict (repository_id, run, environment) do update set
              delivery = excluded.delivery, installation = excluded.installation, repository = excluded.repository, sha = excluded.sha,
              traceparent = excluded.traceparent, received_at = excluded.received_at, next_try = excluded.next_try, state = 'OPEN', release = null,
              reports = 0, reported = '', failures = 0, ended_at = null
            where r.delivery <> excluded.delivery""";

    /** What has ended is known for some time, for a delivery that comes again. */
    private static final String DELETE_OLD = "delete from protection_rules where ended_at < :old";

    private static final Duration KEPT = Duration.ofDays(31);

    private static final String TAKE = """
            update protection_rules set next_try = :next
            where delivery in (select delivery from protection_rules where state = 'OPEN' and next_try <= :now
                               order by next_try limit :limit for update skip locked)
            returning *""";

    private static final String REPORTED = """
            update protection_rules set reports = reports + 1, reported = :reasons, release = :release, failures = 0, next_try = :next
            where delivery = :delivery and state = 'OPEN'""";

    private static final String POSTPONE = """
            update protection_rules set release = :release, failures = :failures, next_try = :next
            where delivery = :delivery and state = 'OPEN'""";

    private static final String CLOSE = """
            update protection_rules set state = :state, ended_at = :at where delivery = :delivery and state = 'OPEN'""";

    private final Sql sql;

    public PostgresProtectionRules(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    @Override
    public boolean open(ProtectionRule rule) {
        return sql.write(handle -> {
            handle.createUpdate(DELETE_OLD)
                    .bind("old", rule.receivedAt().minus(KEPT))
                    .execute();
            return handle.createUpdate(OPEN)
                            .bind("delivery", rule.delivery())
                            .bind("installation", rule.installation())
                            .bind("repositoryId", rule.repositoryId())
                            .bind("repository", rule.repository())
                            .bind("environment", rule.environment())
                            .bind("run", rule.run())
                            .bind("sha", rule.sha())
                            .bind("traceparent", rule.traceparent())
                            .bind("receivedAt", rule.receivedAt())
                            .execute()
                    > 0;
        });
    }

    @Override
    public List<ProtectionRule> take(Instant now, Instant next, int limit) {
        return sql.read(handle -> handle.createQuery(TAKE)
                .bind("now", now)
                .bind("next", next)
                .bind("limit", limit)
                .map(PostgresProtectionRules::read)
                .list());
    }

    private static ProtectionRule read(ResultSet row, StatementContext context) throws SQLException {
        return new ProtectionRule(
                row.getString("delivery"),
                row.getLong("installation"),
                row.getLong("repository_id"),
                row.getString("repository"),
                row.getString("environment"),
                row.getLong("run"),
                row.getString("sha"),
                row.getString("traceparent"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("release", UUID.class)),
                row.getInt("reports"),
                row.getString("reported"),
                row.getInt("failures"));
    }

    @Override
    public void reported(ProtectionRule rule, String reasons, Optional<UUID> release, Instant next) {
        sql.read(handle -> handle.createUpdate(REPORTED)
                .bind("delivery", rule.delivery())
                .bind("reasons", reasons)
                .bind("release", release)
                .bind("next", next)
                .execute());
    }

    @Override
    public void postpone(ProtectionRule rule, Optional<UUID> release, int failures, Instant next) {
        sql.read(handle -> handle.createUpdate(POSTPONE)
                .bind("delivery", rule.delivery())
                .bind("release", release)
                .bind("failures", failures)
                .bind("next", next)
                .execute());
    }

    @Override
    public void close(ProtectionRule rule, End end, Instant at) {
        sql.read(handle -> handle.createUpdate(CLOSE)
                .bind("delivery", rule.delivery())
                .bind("state", end.name())
                .bind("at", at)
                .execute());
    }
}
