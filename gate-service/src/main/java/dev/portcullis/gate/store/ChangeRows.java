package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.ProductionChange;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Release;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Changes of production as rows: a release with its latest decision and its rollback. */
final class ChangeRows {
    /** The changes of the releases opened from {@code :from} to before {@code :to}, at most {@code :limit}. */
    static final String SELECT = """
            select r.*, d.id as d_id, d.outcome, d.reasons, d.actor, d.comment, d.decided_at, o.rollback, o.detail,
              (select e.body::jsonb ->> 'policyHash' from audit.entries e
               where e.decision = 'services/' || r.service || '/releases/' || r.id || '/decisions/' || d.id limit 1) as policy_hash
            from releases r
            left join decisions d on d.id = r.latest_decision
            left join rollback_orders o on o.release_id = r.id
            where r.opened_at >= :from and r.opened_at < :to
            order by r.opened_at, r.number limit :limit""";

    private ChangeRows() {}

    static ProductionChange read(ResultSet row, StatementContext context) throws SQLException {
        var name = Release.name(row.getString("service"), row.getObject("id", UUID.class));
        return new ProductionChange(
                name,
                row.getString("service"),
                row.getString("namespace"),
                row.getString("rollout"),
                row.getString("canary"),
                row.getString("stable"),
                row.getString("revision"),
                row.getInt("run"),
                row.getBoolean("dry_run"),
                ReleaseRows.details(row),
                row.getTimestamp("opened_at").toInstant(),
                ReleaseRows.time(row, "ended_at"),
                row.getString("state"),
                row.getObject("d_id") == null ? Optional.empty() : Optional.of(decided(name, row)),
                text(row, "rollback"),
                text(row, "detail"),
                StoredApprovals.read(row.getString("approvals"), name));
    }

    private static ProductionChange.Decided decided(String release, ResultSet row) throws SQLException {
        var reasons = List.of((String[]) row.getArray("reasons").getArray());
        return new ProductionChange.Decided(
                release + "/decisions/" + row.getObject("d_id", UUID.class),
                row.getString("outcome"),
                reasons,
                row.getString("actor"),
                reasons.contains(DecisionReason.PROMOTED_BY_PERSON.name())
                        || reasons.contains(DecisionReason.ABORTED_BY_PERSON.name()),
                row.getString("comment"),
                row.getTimestamp("decided_at").toInstant(),
                text(row, "policy_hash"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }
}
