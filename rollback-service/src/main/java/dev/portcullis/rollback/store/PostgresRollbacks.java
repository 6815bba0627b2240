package dev.portcullis.rollback.store;

import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.rollback.Admission;
import dev.portcullis.rollback.rollback.ListPosition;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackFilter;
import dev.portcullis.rollback.rollback.Rollbacks;
import dev.portcullis.rollback.rollback.StaleRollbackException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rollbacks in the tables rollback and rollback_step. Thread-safe. */
public final class PostgresRollbacks implements Rollbacks {
    private static final int ADMISSION_TRIES = 5;

    private final Jdbi jdbi;

    public PostgresRollbacks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Admission admit(Rollback planned) {
        for (int times = 0; times < ADMISSION_TRIES; times++) {
            var admission = jdbi.inTransaction(handle -> tryAdmit(handle, planned));
            if (admission.isPresent()) {
                return admission.get();
            }
        }
        throw new IllegalStateException("rollbacks of " + planned.order().service() + " come and go too fast");
    }

    /** Empty when the rollback that stood in the way ended before it could be read. */
    private static Optional<Admission> tryAdmit(Handle handle, Rollback planned) {
        if (insert(handle, planned)) {
            insertSteps(handle, planned);
            return Optional.of(new Admission.Admitted(planned));
        }
        var known = findBy(handle, "request_id = :key", planned.requestId());
        if (known.isPresent()) {
            return known.map(Admission.RequestKnown::new);
        }
        return findBy(
                        handle,
                        "service = :key and end_time is null",
                        planned.order().service())
                .map(Admission.ServiceBusy::new);
    }

    /** Two unique constraints may refuse the row: which one is looked up after, in the same transaction. */
    private static boolean insert(Handle handle, Rollback rollback) {
        try (var update = handle.createUpdate("""
                insert into rollback (id, request_id, service, release, from_revision, to_revision, reason, plan,
                  traceparent, state, detail, create_time, update_time, end_time, version)
                values (:id, :requestId, :service, :release, :from, :to, :reason, cast(:plan as jsonb),
                  :traceparent, :state, :detail, :createTime, :updateTime, :endTime, :version)
                on conflict do nothing""")) {
            var order = rollback.order();
            update.bind("requestId", rollback.requestId())
                    .bind("service", order.service())
                    .bind("release", order.release())
                    .bind("from", order.from())
                    .bind("to", order.to())
                    .bind("reason", order.reason())
                    .bind("plan", PlanJson.write(rollback.plan()))
                    .bind("traceparent", rollback.traceparent())
                    .bind("createTime", utc(rollback.life().createTime()));
            return bindLife(update, rollback).execute() == 1;
        }
    }

    private static void insertSteps(Handle handle, Rollback rollback) {
        for (int position = 0; position < rollback.steps().size(); position++) {
            try (var update = handle.createUpdate("""
                    insert into rollback_step (rollback_id, position, kind, state, attempts, effect_unknown,
                      seen_before, seen_after, start_time, end_time)
                    values (:id, :position, :kind, :state, :attempts, :effectUnknown,
                      :seenBefore, :seenAfter, :startTime, :endTime)""")) {
                update.bind("id", rollback.id()).bind("position", position);
                bindStep(update, rollback.steps().get(position)).execute();
            }
        }
    }

    @Override
    public void replace(Rollback next) {
        jdbi.useTransaction(handle -> {
            try (var update = handle.createUpdate("""
                    update rollback set state = :state, detail = :detail, update_time = :updateTime,
                      end_time = :endTime, version = :version
                    where id = :id and version = :version - 1""")) {
                if (bindLife(update, next).execute() == 0) {
                    throw new StaleRollbackException(next);
                }
            }
            next.steps().forEach(step -> updateStep(handle, next.id(), step));
        });
    }

    private static void updateStep(Handle handle, UUID id, Step step) {
        try (var update = handle.createUpdate("""
                update rollback_step set state = :state, attempts = :attempts, effect_unknown = :effectUnknown,
                  seen_before = :seenBefore, seen_after = :seenAfter, start_time = :startTime, end_time = :endTime
                where rollback_id = :id and kind = :kind""")) {
            bindStep(update.bind("id", id), step).execute();
        }
    }

    @Override
    public Optional<Rollback> find(UUID id) {
        return jdbi.withHandle(handle -> findBy(handle, "id = :key", id));
    }

    @Override
    public Optional<Rollback> findByRequest(UUID requestId) {
        return jdbi.withHandle(handle -> findBy(handle, "request_id = :key", requestId));
    }

    private static Optional<Rollback> findBy(Handle handle, String condition, Object key) {
        try (var query = handle.createQuery(joined("where " + condition))) {
            return RollbackRows.read(query.bind("key", key)).stream().findFirst();
        }
    }

    @Override
    public List<Rollback> list(RollbackFilter filter, Optional<ListPosition> after, int limit) {
        var where = "where true" + (filter.service().isPresent() ? " and service = :service" : "")
                + (filter.state().isPresent() ? " and state = :state" : "")
                + (after.isPresent() ? " and (create_time, id) < (:createTime, :id)" : "")
                + " order by create_time desc, id desc limit :limit";
        return jdbi.withHandle(handle -> {
            try (var query = handle.createQuery(joined(where)).bind("limit", limit)) {
                filter.service().ifPresent(service -> query.bind("service", service));
                filter.state().ifPresent(state -> query.bind("state", state.name()));
                after.ifPresent(
                        last -> query.bind("createTime", utc(last.createTime())).bind("id", last.id()));
                return RollbackRows.read(query);
            }
        });
    }

    @Override
    public List<UUID> active() {
        return jdbi.withHandle(handle -> {
            try (var query =
                    handle.createQuery("select id from rollback where end_time is null order by create_time")) {
                return query.mapTo(UUID.class).list();
            }
        });
    }

    /** @param which the rest of a query on rollback, made of this class's own texts and named parameters only */
    private static String joined(String which) {
        return """
                select r.*, s.kind step_kind, s.state step_state, s.attempts step_attempts,
                  s.effect_unknown step_effect_unknown, s.seen_before step_seen_before, s.seen_after step_seen_after,
                  s.start_time step_start_time, s.end_time step_end_time
                from (select * from rollback %s) r join rollback_step s on s.rollback_id = r.id
                order by r.create_time desc, r.id desc, s.position""".formatted(which);
    }

    private static <T extends SqlStatement<T>> T bindLife(T statement, Rollback rollback) {
        var life = rollback.life();
        statement
                .bind("id", rollback.id())
                .bind("state", life.state().name())
                .bind("detail", life.detail())
                .bind("updateTime", utc(life.updateTime()))
                .bind("version", life.version());
        return bindTime(statement, "endTime", life.endTime());
    }

    private static <T extends SqlStatement<T>> T bindStep(T statement, Step step) {
        statement
                .bind("kind", step.kind().word())
                .bind("state", step.state().name())
                .bind("attempts", step.attempts())
                .bind("effectUnknown", step.effectUnknown())
                .bind("seenBefore", step.seenBefore())
                .bind("seenAfter", step.seenAfter());
        return bindTime(bindTime(statement, "startTime", step.startTime()), "endTime", step.endTime());
    }

    private static <T extends SqlStatement<T>> T bindTime(T statement, String name, Optional<Instant> time) {
        return time.map(instant -> statement.bind(name, utc(instant)))
                .orElseGet(() -> statement.bindNull(name, Types.TIMESTAMP_WITH_TIMEZONE));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
