package dev.portcullis.rollback.store;

import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.rollback.Life;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.result.ResultBearing;

/** Rollbacks out of rows of rollbacks joined with their steps: one statement, so all is of one moment. */
final class RollbackRows {
    private RollbackRows() {}

    /** The rollbacks in the order of their first rows; the rows of each are in the order of its steps. */
    static List<Rollback> read(ResultBearing result) {
        Map<UUID, Rollback> found =
                result.reduceResultSet(new LinkedHashMap<UUID, Rollback>(), (rollbacks, row, context) -> {
                    var id = row.getObject("id", UUID.class);
                    var known = rollbacks.get(id);
                    rollbacks.put(id, withStep(known == null ? rollback(id, row) : known, step(row)));
                    return rollbacks;
                });
        return List.copyOf(found.values());
    }

    private static Rollback withStep(Rollback rollback, Step step) {
        var steps = Stream.concat(rollback.steps().stream(), Stream.of(step)).toList();
        return new Rollback(
                rollback.id(),
                rollback.requestId(),
                rollback.order(),
                rollback.plan(),
                rollback.traceparent(),
                rollback.life(),
                steps);
    }

    private static Rollback rollback(UUID id, ResultSet row) throws SQLException {
        var order = new ReturnOrder(
                row.getString("service"),
                row.getString("release"),
                row.getString("from_revision"),
                row.getString("to_revision"),
                row.getString("reason"));
        var life = new Life(
                RollbackState.valueOf(row.getString("state")),
                row.getString("detail"),
                row.getObject("create_time", OffsetDateTime.class).toInstant(),
                row.getObject("update_time", OffsetDateTime.class).toInstant(),
                instant(row, "end_time"),
                row.getLong("version"));
        return new Rollback(
                id,
                row.getObject("request_id", UUID.class),
                order,
                PlanJson.read(row.getString("plan")),
                row.getString("traceparent"),
                life,
                List.of());
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                StepKind.of(row.getString("step_kind")),
                StepState.valueOf(row.getString("step_state")),
                row.getInt("step_attempts"),
                row.getBoolean("step_effect_unknown"),
                row.getString("step_seen_before"),
                row.getString("step_seen_after"),
                instant(row, "step_start_time"),
                instant(row, "step_end_time"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
