package dev.portcullis.rollback.store;

import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.rollback.lifecycle.Admission;
import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackFilter;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.lifecycle.StaleRollbackException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Rollbacks in the tables rollback, rollback_step, rollback_event and rollback_hold. Thread-safe. */
public final class PostgresRollbacks implements Rollbacks {
    /** Versions of rollbacks: each change but the wish to cancel one has a number. */
    public static final String VERSIONS =
            "select id, concat_ws('/', version, cancel_time) as version from rollback where id = any(:ids)";

    private static final int ADMISSION_TRIES = 5;

    private final Jdbi jdbi;
    private final AuditOutbox audit;

    /** @param audit is told of each start and cancellation in the transaction that writes it */
    public PostgresRollbacks(Jdbi jdbi, AuditOutbox audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    @Override
    public Admission admit(Rollback planned) {
        for (int times = 0; times < ADMISSION_TRIES; times++) {
            if (jdbi.inTransaction(handle -> admit(handle, planned))) {
                return new Admission.Admitted(planned);
            }
            var known = jdbi.withHandle(handle -> RollbackInserts.known(handle, planned));
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw new IllegalStateException("rollbacks of " + planned.order().service() + " come and go too fast");
    }

    private boolean admit(Handle handle, Rollback planned) {
        var admitted = RollbackInserts.admit(handle, planned);
        if (admitted) {
            audit.record(
                    handle,
                    RollbackEntry.started(planned, audit.actor(planned.origin().caller())));
        }
        return admitted;
    }

    @Override
    public Optional<Admission> inTheWay(Rollback planned) {
        return jdbi.withHandle(handle -> RollbackInserts.inTheWay(handle, planned));
    }

    @Override
    public Optional<Lease> take(UUID id, String holder) {
        return jdbi.withHandle(handle -> {
            try (var query = handle.createQuery("""
                    update rollback set holder = :holder, fence = fence + 1,
                      lease_until = now() + :length * interval '1 millisecond'
                    where id = :id and end_time is null and lease_until <= now() returning fence""")) {
                return query.bind("id", id)
                        .bind("holder", holder)
                        .bind("length", Lease.LENGTH.toMillis())
                        .map((row, context) -> new Lease(holder, row.getLong("fence")))
                        .findOne();
            }
        });
    }

    @Override
    public void giveBack(UUID id, Lease lease) {
        jdbi.useHandle(handle -> {
            try (var update = handle.createUpdate("""
                    update rollback set lease_until = '-infinity'
                    where id = :id and holder = :holder and fence = :fence""")) {
                update.bind("id", id)
                        .bind("holder", lease.holder())
                        .bind("fence", lease.fence())
                        .execute();
            }
        });
    }

    @Override
    public Rollback replace(Rollback next, Lease lease, Optional<RollbackEvent> line) {
        // A transaction of its own, so that nothing is kept of a process that dies before it has heard of it.
        return jdbi.inTransaction(handle -> RollbackWrites.replace(handle, next, lease, line))
                .orElseThrow(() -> new StaleRollbackException(next));
    }

    @Override
    public Optional<Rollback> cancel(UUID id, Cancellation cancellation) {
        return jdbi.inTransaction(handle -> {
            var written = writeCancellation(handle, id, cancellation);
            var rollback = RollbackQueries.findBy(handle, "id = :key", id);
            if (written) {
                rollback.ifPresent(found -> {
                    EventRows.add(handle, id, line(found, cancellation));
                    audit.record(
                            handle, RollbackEntry.cancelled(found, cancellation, audit.actor(cancellation.caller())));
                });
            }
            return rollback;
        });
    }

    private static boolean writeCancellation(Handle handle, UUID id, Cancellation cancellation) {
        try (var update = handle.createUpdate("""
                update rollback set cancel_caller = :caller, cancel_reason = :reason, cancel_time = :time
                where id = :id and end_time is null and cancel_time is null""")) {
            return update.bind("id", id)
                            .bind("caller", cancellation.caller())
                            .bind("reason", cancellation.reason())
                            .bind("time", TimeColumns.utc(cancellation.time()))
                            .execute()
                    == 1;
        }
    }

    private static RollbackEvent line(Rollback rollback, Cancellation cancellation) {
        var detail = "to be cancelled before the next step: " + cancellation.reason();
        return new RollbackEvent(cancellation.time(), cancellation.caller(), rollback.state(), "", detail, "", "");
    }

    @Override
    public Optional<Rollback> find(UUID id) {
        return jdbi.withHandle(handle -> RollbackQueries.findBy(handle, "id = :key", id));
    }

    @Override
    public Optional<Rollback> findByToken(UUID token) {
        return jdbi.withHandle(handle -> RollbackQueries.findBy(handle, "token = :key", token));
    }

    @Override
    public List<Rollback> list(RollbackFilter filter, Optional<ListPosition> after, int limit) {
        return jdbi.withHandle(handle -> RollbackQueries.list(handle, filter, after, limit));
    }

    @Override
    public List<RollbackEvent> events(UUID id) {
        return jdbi.withHandle(handle -> EventRows.of(handle, id));
    }

    @Override
    public List<UUID> active() {
        return ids("end_time is null");
    }

    @Override
    public List<UUID> toBeCancelled() {
        return ids("end_time is null and cancel_time is not null");
    }

    private List<UUID> ids(String condition) {
        return jdbi.withHandle(handle -> {
            try (var query =
                    handle.createQuery("select id from rollback where " + condition + " order by create_time")) {
                return query.mapTo(UUID.class).list();
            }
        });
    }
}
