package dev.portcullis.rollback.store;

import dev.portcullis.kit.text.PlainText;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.plan.Step;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The changes of one rollback, each within a transaction of its caller's. Of what targets said, only plain text is kept. */
final class RollbackWrites {
    private RollbackWrites() {}

    /** False when the version before is not kept or the lease has gone; nothing is changed then. */
    static boolean life(Handle handle, Rollback next, Lease lease) {
        try (var update = handle.createUpdate("""
                update rollback set state = :state, detail = :detail, update_time = :updateTime,
                  traffic_back_time = :trafficBackTime, end_time = :endTime, version = :version,
                  retention_start = case when cast(:endTime as timestamptz) is not null then greatest(clock_timestamp(), cast(:endTime as timestamptz)) end,
                  lease_until = now() + :length * interval '1 millisecond'
                where id = :id and version = :version - 1 and holder = :holder and fence = :fence""")) {
            update.bind("holder", lease.holder()).bind("fence", lease.fence()).bind("length", Lease.LENGTH.toMillis());
            TimeColumns.bind(update, "trafficBackTime", next.status().trafficBackTime());
            return bindLife(update, next).execute() == 1;
        }
    }

    static void step(Handle handle, UUID id, Step step) {
        try (var update = handle.createUpdate("""
                update rollback_step set state = :state, attempts = :attempts, round = :round, effect = :effect,
                  seen_before = :seenBefore, seen_after = :seenAfter, looked_millis = :lookedMillis,
                  revision = :revision, start_time = :startTime, end_time = :endTime
                where rollback_id = :id and stage = :stage and kind = :kind""")) {
            bindStep(update.bind("id", id), step).execute();
        }
    }

    static void letGo(Handle handle, UUID id) {
        try (var update = handle.createUpdate("delete from rollback_hold where rollback_id = :id")) {
            update.bind("id", id).execute();
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

    static <T extends SqlStatement<T>> T bindStep(T statement, Step step) {
        statement
                .bind("stage", step.stage())
                .bind("kind", step.kind().word())
                .bind("state", step.state().name())
                .bind("attempts", step.attempts())
                .bind("round", step.round())
                .bind("effect", step.effect().name())
                .bind("seenBefore", PlainText.of(step.seenBefore()))
                .bind("seenAfter", PlainText.of(step.seenAfter()))
                .bind("lookedMillis", step.looks().time().toMillis())
                .bind("revision", step.looks().revision());
        return TimeColumns.bind(TimeColumns.bind(statement, "startTime", step.startTime()), "endTime", step.endTime());
    }
}
