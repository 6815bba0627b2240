package dev.portcullis.gate.store;

import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Release;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Holds as rows, and what the audit log is told of them. Stateless. */
final class HoldRows {
    /** To be followed by a where clause; the table of holds is called h, that of releases r. */
    static final String SELECT =
            "select h.*, coalesce(r.state <> 'OPEN', false) as moot from promotion_holds h left join releases r on r.id = h.release_id ";

    private HoldRows() {}

    static PromotionHold read(ResultSet row, StatementContext context) throws SQLException {
        var ender = row.getString("ender");
        var endReason = row.getString("end_reason");
        return new PromotionHold(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                texts(row, "services"),
                Optional.ofNullable(row.getObject("release_id", UUID.class)),
                texts(row, "exceptions"),
                row.getString("reason"),
                row.getString("creator"),
                row.getTimestamp("created_at").toInstant(),
                ReleaseRows.time(row, "expires_at"),
                ReleaseRows.time(row, "ended_at").map(time -> new PromotionHold.Ending(time, ender, endReason)),
                row.getBoolean("moot"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    static AuditEntry entry(AuditAction action, PromotionHold hold, Instant time, AuditActor actor, String why) {
        Map<String, Object> json = new HashMap<>();
        json.put("services", hold.services());
        json.put("exceptions", hold.exceptions());
        hold.release()
                .ifPresent(
                        id -> json.put("release", Release.name(hold.services().getFirst(), id)));
        hold.end().ifPresent(end -> json.put("expires", end.toString()));
        return new AuditEntry(
                time,
                action,
                actor,
                oneService(hold),
                Optional.of(hold.name()),
                AuditEntry.Outcome.SUCCESS,
                why,
                Map.of("hold", json));
    }

    /** Entries about several services are for those who may read all. */
    private static Optional<String> oneService(PromotionHold hold) {
        return hold.release().isPresent()
                        || hold.services().size() == 1
                                && !hold.services().getFirst().contains("*")
                ? Optional.of(hold.services().getFirst())
                : Optional.empty();
    }
}
