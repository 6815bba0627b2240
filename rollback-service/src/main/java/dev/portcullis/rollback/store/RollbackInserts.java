package dev.portcullis.rollback.store;

import dev.portcullis.rollback.lifecycle.Admission;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Stage;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Where new rollbacks come in: several unique constraints may refuse one, and which it was is looked up after. */
final class RollbackInserts {
    private static final String ADMIT =
            """
            with life as (
              insert into rollback (id, token, request_id, caller, mode, service, release, from_revision, to_revision,
                reason, plan, traceparent, state, detail, create_time, update_time, end_time, version)
              values (:id, :token, :requestId, :caller, :mode, :service, :release, :from, :to,
                :reason, cast(:plan as jsonb), :traceparent, :state, :detail, :createTime, :updateTime, :endTime, :version)
              on conflict do nothing returning id),
            holds as (
              insert into rollback_hold (identity, rollback_id)
              select identity, life.id from life, unnest(:identities) identity on conflict do nothing returning 1),
            steps as (
              insert into rollback_step (rollback_id, %s, position)
              select life.id, %s, position - 1 from life, %s),
            line as (
              insert into rollback_event (%s) select life.id, %s from life)
            select (select count(*) from life) as admitted, (select count(*) from holds) as held""".formatted(StepColumns.NAMES, StepColumns.NAMES, StepColumns.TABLE, EventRows.NAMES, EventRows.VALUES);

    private RollbackInserts() {}

    /**
     * Writes a new rollback in one statement, within a transaction of its own.
     *
     * @return false when something stands in the way: the transaction is rolled back then
     */
    static boolean admit(Handle handle, Rollback planned) {
        // In one order for all, so that two rollbacks cannot wait for each other.
        var identities = identities(planned);
        try (var query = handle.createQuery(ADMIT)) {
            var whole = bind(query, planned)
                    .bindArray("identities", String.class, identities)
                    .map((row, context) -> row.getInt("admitted") == 1 && row.getInt("held") == identities.size())
                    .one();
            if (!whole) {
                handle.rollback();
            }
            return whole;
        }
    }

    private static Query bind(Query query, Rollback rollback) {
        var origin = rollback.origin();
        OrderColumns.bind(query, rollback.order())
                .bind("token", origin.token())
                .bind("requestId", origin.requestId())
                .bind("caller", origin.caller())
                .bind("mode", origin.mode().name())
                .bind("plan", StoredPlan.OF_ROLLBACK.write(rollback.plan()))
                .bind("traceparent", origin.traceparent())
                .bind("createTime", TimeColumns.utc(rollback.status().createTime()));
        EventRows.bind(query, opening(rollback));
        StepColumns.bind(query, rollback.steps());
        return RollbackWrites.bindLife(query, rollback);
    }

    /** What stands in the way of one that was not admitted; empty when that has gone meanwhile. */
    static Optional<Admission> known(Handle handle, Rollback planned) {
        return RollbackQueries.findBy(handle, "token = :key", planned.origin().token())
                .<Admission>map(Admission.TokenKnown::new)
                .or(() -> inTheWay(handle, planned));
    }

    static Optional<Admission> inTheWay(Handle handle, Rollback planned) {
        return serviceBusy(handle, planned).or(() -> identities(planned).stream()
                .flatMap(identity -> targetBusy(handle, identity).stream())
                .findFirst());
    }

    private static Optional<Admission> serviceBusy(Handle handle, Rollback planned) {
        var same = planned.origin().mode() == Mode.LIVE ? "mode = 'LIVE'" : "mode <> 'LIVE'";
        return RollbackQueries.findBy(
                        handle,
                        "service = :key and end_time is null and " + same,
                        planned.order().service())
                .map(Admission.ServiceBusy::new);
    }

    private static Optional<Admission> targetBusy(Handle handle, String identity) {
        return RollbackQueries.findBy(
                        handle, "id = (select rollback_id from rollback_hold where identity = :key)", identity)
                .map(active -> new Admission.TargetBusy(active, identity));
    }

    private static List<String> identities(Rollback rollback) {
        return rollback.origin().mode() == Mode.DRY_RUN
                ? List.of()
                : rollback.plan().stages().stream()
                        .map(Stage::target)
                        .map(target -> target.identity())
                        .distinct()
                        .sorted()
                        .toList();
    }

    private static RollbackEvent opening(Rollback rollback) {
        var order = rollback.order();
        var detail = "return of " + order.service() + " from " + order.from() + " to " + order.to() + " by "
                + rollback.plan().targets() + ": " + order.reason();
        var status = rollback.status();
        return new RollbackEvent(status.createTime(), rollback.origin().caller(), status.state(), "", detail, "", "");
    }
}
