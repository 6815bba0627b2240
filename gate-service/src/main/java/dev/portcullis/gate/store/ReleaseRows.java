package dev.portcullis.gate.store;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Confirmation;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.Retry;
import dev.portcullis.gate.release.RollbackNote;
import dev.portcullis.gate.release.Successor;
import dev.portcullis.kit.document.UnreadableDocumentException;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.CallerClaim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases as rows, each with its latest decision and its rollback: one statement gives a whole release. */
final class ReleaseRows {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseRows.class);

    /** To be followed by a where clause; the release's table is called r. */
    static final String SELECT =
            "select r.*, o.rollback, o.detail, o.state as o_state, o.caller as o_caller, s.id as s_id, s.canary as s_canary, s.run as s_run, "
                    + DecisionRows.COLUMNS + """

            from releases r
            left join decisions d on d.id = r.latest_decision
            left join rollback_orders o on o.release_id = r.id
            left join lateral (
              select n.id, n.canary, n.run from releases n
              where r.state = 'OPEN' and n.service = r.service and n.number > r.number and n.served_at is not null
                and n.namespace = r.namespace and n.rollout = r.rollout and (r.dry_run or not n.dry_run)
              order by n.run = 1 desc, n.number desc limit 1) s on true
            """;

    private ReleaseRows() {}

    static Optional<Release> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where r.id = :id")
                .bind("id", id)
                .map(ReleaseRows::read)
                .findOne();
    }

    /** The latest run. */
    static Optional<Release> find(Handle handle, ReleaseKey key) {
        return handle.createQuery(SELECT + "where r.digest = :digest order by r.run desc limit 1")
                .bind("digest", key.digest())
                .map(ReleaseRows::read)
                .findOne();
    }

    /** The latest run of each; one that cannot be read is left out, and found out about by whoever reads it alone. */
    static List<Release> latest(Handle handle, Collection<ReleaseKey> keys) {
        return handle
                .createQuery(SELECT + """
                        where r.digest = any(:digests)
                          and not exists (select from releases later where later.digest = r.digest and later.run > r.run)""")
                .bindArray(
                        "digests",
                        String.class,
                        keys.stream().map(ReleaseKey::digest).toArray())
                .map(ReleaseRows::readable)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Newest first; one that cannot be read is left out, so that it keeps nobody else from being looked at. */
    static List<Release> find(Handle handle, List<UUID> ids) {
        return handle
                .createQuery(SELECT + "where r.id = any(:ids) order by r.number desc")
                .bindArray("ids", UUID.class, ids)
                .map(ReleaseRows::readable)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty when it cannot be read. */
    static Optional<Release> readable(ResultSet row, StatementContext context) throws SQLException {
        try {
            return Optional.of(read(row, context));
        } catch (UnreadableDocumentException e) {
            LOG.warn(
                    "release {} is left out of what was asked for: {}",
                    row.getObject("id", UUID.class),
                    e.getMessage());
            return Optional.empty();
        }
    }

    static Release read(ResultSet row, StatementContext context) throws SQLException {
        return new Release(
                start(row),
                row.getLong("number"),
                ReleaseState.valueOf(row.getString("state")),
                row.getString("analysis"),
                new AnalysisProgress(
                        row.getInt("seen_windows"),
                        row.getTimestamp("seen_changed").toInstant()),
                DecisionRows.readOptional(row),
                confirmation(row),
                time(row, "served_at"),
                time(row, "ended_at"),
                successor(row),
                note(row),
                StoredApprovals.read(row.getString("approvals"), row.getString("id")),
                time(row, "watched_until"));
    }

    private static ReleaseStart start(ResultSet row) throws SQLException {
        var key = new ReleaseKey(
                row.getString("service"),
                row.getString("namespace"),
                row.getString("rollout"),
                row.getString("canary"),
                row.getString("revision"));
        return new ReleaseStart(
                row.getObject("id", UUID.class),
                key,
                row.getInt("run"),
                row.getBoolean("dry_run"),
                row.getString("stable"),
                row.getString("traceparent"),
                row.getTimestamp("opened_at").toInstant(),
                details(row),
                row.getString("opener"),
                retry(row));
    }

    private static Optional<Retry> retry(ResultSet row) throws SQLException {
        @Nullable String actor = row.getString("retry_actor");
        return actor == null ? Optional.empty() : Optional.of(new Retry(actor, row.getString("retry_reason")));
    }

    static ReleaseDetails details(ResultSet row) throws SQLException {
        return ReleaseDetails.of(
                        row.getString("artifact"),
                        row.getString("ticket"),
                        row.getString("author"),
                        row.getString("labels"))
                .with(StoredAddedRules.read(row.getString("added_rules"), row.getString("id")));
    }

    private static Optional<Confirmation> confirmation(ResultSet row) throws SQLException {
        @Nullable String kept = row.getString("confirmation");
        @Nullable String id = row.getString("id");
        return Optional.ofNullable(kept).map(json -> StoredConfirmation.COLUMN.read(json, id));
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        @Nullable Timestamp time = row.getTimestamp(column);
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    private static Optional<Successor> successor(ResultSet row) throws SQLException {
        @Nullable UUID id = row.getObject("s_id", UUID.class);
        return id == null
                ? Optional.empty()
                : Optional.of(new Successor(
                        Release.name(row.getString("service"), id), row.getString("s_canary"), row.getInt("s_run")));
    }

    private static RollbackNote note(ResultSet row) throws SQLException {
        @Nullable String rollback = row.getString("rollback");
        return rollback == null
                ? RollbackNote.NONE
                : new RollbackNote(
                        rollback,
                        row.getString("detail"),
                        row.getString("o_state").equals("PENDING"),
                        caller(row.getString("o_caller")));
    }

    /** Who is kept in a column that is empty for nobody. */
    static Optional<Caller> caller(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(CallerClaim.read(text));
    }
}
