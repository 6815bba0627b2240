package dev.portcullis.rollback.store;

import dev.portcullis.kit.text.PlainText;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The changes of one rollback, each within a transaction of its caller's. Of what targets said, only plain text is kept. */
final class RollbackWrites {
    private static final String REPLACE = """
            with life as (
              update rollback set state = :state, detail = :detail, update_time = :updateTime,
                traffic_back_time = :trafficBackTime, end_time = :endTime, version = :version,
                retention_start = case when cast(:endTime as timestamptz) is not null then greatest(clock_timestamp(), cast(:endTime as timestamptz)) end,
                lease_until = now() + :length * interval '1 millisecond'
              where id = :id and version = :version - 1 and holder = :holder and fence = :fence
              returning id, cancel_caller, cancel_reason, cancel_time),
            steps as (
              update rollback_step s set state = n.state, attempts = n.attempts, round = n.round, effect = n.effect,
                seen_before = n.seen_before, seen_after = n.seen_after, looked_millis = n.looked_millis,
                revision = n.revision, start_time = n.start_time, end_time = n.end_time
              from life, %s
              where s.rollback_id = life.id and s.stage = n.stage and s.kind = n.kind
                and (s.state, s.attempts, s.round, s.effect, s.seen_before, s.seen_after, s.looked_millis, s.revision, s.start_time, s.end_time)
                  is distinct from (n.state, n.attempts, n.round, n.effect, n.seen_before, n.seen_after, n.looked_millis, n.revision, n.start_time, n.end_time)),
            line as (
              insert into rollback_event (%s) select life.id, %s from life where :told),
            held as (
              delete from rollback_hold h using life where h.rollback_id = life.id and :ended)
            select cancel_caller, cancel_reason, cancel_time from life""".formatted(StepColumns.TABLE, EventRows.NAMES, EventRows.VALUES);

    private RollbackWrites() {}

    /**
     * Everything that a version brings, in one statement.
     *
     * @return the version with the wish to end it as it is kept; empty when the version before is not kept or the lease has gone: nothing is changed then
     */
    static Optional<Rollback> replace(Handle handle, Rollback next, Lease lease, Optional<RollbackEvent> line) {
        try (var query = handle.createQuery(REPLACE)) {
            query.bind("holder", lease.holder())
                    .bind("fence", lease.fence())
                    .bind("length", Lease.LENGTH.toMillis())
                    .bind("told", line.isPresent())
                    .bind("ended", next.state().ended());
            TimeColumns.bind(query, "trafficBackTime", next.status().trafficBackTime());
            EventRows.bind(query, line.orElse(EventRows.NONE));
            StepColumns.bind(query, next.steps());
            return bindLife(query, next)
                    .map((row, context) -> next.with(RollbackRows.cancellation(row)))
                    .findOne();
        }
    }

    static <T extends SqlStatement<T>> T bindLife(T statement, Rollback rollback) {
        var status = rollback.status();
        statement
                .bind("id", rollback.id())
                .bind("state", status.state().name())
                .bind("detail", PlainText.of(status.detail()))
                .bind("updateTime", TimeColumns.utc(status.updateTime()))
                .bind("version", status.version());
        return TimeColumns.bind(statement, "endTime", status.endTime());
    }
}
