package dev.portcullis.rollback.store;

import dev.portcullis.kit.document.UnreadableDocumentException;
import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.lifecycle.RollbackStatus;
import dev.portcullis.rollback.plan.Effect;
import dev.portcullis.rollback.plan.Looks;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.result.ResultBearing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rollbacks out of rows of rollbacks joined with their steps: one statement, so all is of one moment. */
final class RollbackRows {
    private static final Logger LOG = LoggerFactory.getLogger(RollbackRows.class);

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

    /** The same by their positions; empty where one cannot be read. */
    static SequencedMap<ListPosition, Optional<Rollback>> readable(ResultBearing result) {
        return result.reduceResultSet(
                new LinkedHashMap<ListPosition, Optional<Rollback>>(), (rollbacks, row, context) -> {
                    var id = row.getObject("id", UUID.class);
                    var position = new ListPosition(TimeColumns.required(row, "create_time"), id);
                    var known = rollbacks.get(position);
                    var rollback = known == null ? readable(id, row) : known;
                    var step = step(row);
                    rollbacks.put(position, rollback.map(read -> withStep(read, step)));
                    return rollbacks;
                });
    }

    private static Optional<Rollback> readable(UUID id, ResultSet row) throws SQLException {
        try {
            return Optional.of(rollback(id, row));
        } catch (UnreadableDocumentException e) {
            LOG.warn("rollbacks/{} is left out of what was asked for: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    private static Rollback withStep(Rollback rollback, Step step) {
        var steps = Stream.concat(rollback.steps().stream(), Stream.of(step)).toList();
        return new Rollback(
                rollback.id(),
                rollback.origin(),
                rollback.order(),
                rollback.plan(),
                rollback.status(),
                steps,
                rollback.cancellation());
    }

    private static Rollback rollback(UUID id, ResultSet row) throws SQLException {
        return new Rollback(
                id,
                origin(row),
                OrderColumns.read(row),
                StoredPlan.OF_ROLLBACK.read(row.getString("plan"), id),
                status(row),
                List.of(),
                cancellation(row));
    }

    private static RollbackOrigin origin(ResultSet row) throws SQLException {
        return new RollbackOrigin(
                row.getObject("token", UUID.class),
                row.getString("request_id"),
                row.getString("caller"),
                Mode.valueOf(row.getString("mode")),
                row.getString("traceparent"));
    }

    private static RollbackStatus status(ResultSet row) throws SQLException {
        return new RollbackStatus(
                RollbackState.valueOf(row.getString("state")),
                row.getString("detail"),
                TimeColumns.required(row, "create_time"),
                TimeColumns.required(row, "update_time"),
                TimeColumns.optional(row, "traffic_back_time"),
                TimeColumns.optional(row, "end_time"),
                row.getLong("version"));
    }

    static Optional<Cancellation> cancellation(ResultSet row) throws SQLException {
        Optional<Instant> time = TimeColumns.optional(row, "cancel_time");
        return time.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Cancellation(row.getString("cancel_caller"), row.getString("cancel_reason"), time.get()));
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getInt("step_stage"),
                StepKind.of(row.getString("step_kind")),
                StepState.valueOf(row.getString("step_state")),
                row.getInt("step_attempts"),
                row.getInt("step_round"),
                Effect.valueOf(row.getString("step_effect")),
                row.getString("step_seen_before"),
                row.getString("step_seen_after"),
                new Looks(Duration.ofMillis(row.getLong("step_looked_millis")), row.getString("step_revision")),
                TimeColumns.optional(row, "step_start_time"),
                TimeColumns.optional(row, "step_end_time"));
    }
}
