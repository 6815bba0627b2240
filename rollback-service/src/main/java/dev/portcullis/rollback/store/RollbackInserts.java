package dev.portcullis.rollback.store;

import dev.portcullis.rollback.lifecycle.Admission;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.Step;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where new rollbacks come in: several unique constraints may refuse one, and which it was is looked up after, in the same transaction. */
final class RollbackInserts {
    private static final String BEFORE = "before_admission";

    private RollbackInserts() {}

    /** Empty when what stood in the way was gone before it could be read; the transaction is to be rolled back and tried again then. */
    static Optional<Admission> admit(Handle handle, Rollback planned) {
        handle.savepoint(BEFORE);
        if (insert(handle, planned)) {
            var held = hold(handle, planned);
            if (held.isPresent()) {
                handle.rollbackToSavepoint(BEFORE);
                return targetBusy(handle, held.get());
            }
            insertSteps(handle, planned);
            EventRows.add(handle, planned.id(), opening(planned));
            return Optional.of(new Admission.Admitted(planned));
        }
        var known =
                RollbackQueries.findBy(handle, "token = :key", planned.origin().token());
        return known.<Admission>map(Admission.TokenKnown::new).or(() -> serviceBusy(handle, planned));
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

    private static boolean insert(Handle handle, Rollback rollback) {
        try (var update = handle.createUpdate("""
                insert into rollback (id, token, request_id, caller, mode, service, release, from_revision, to_revision,
                  reason, plan, traceparent, state, detail, create_time, update_time, end_time, version)
                values (:id, :token, :requestId, :caller, :mode, :service, :release, :from, :to,
                  :reason, cast(:plan as jsonb), :traceparent, :state, :detail, :createTime, :updateTime, :endTime, :version)
                on conflict do nothing""")) {
            var origin = rollback.origin();
            OrderColumns.bind(update, rollback.order())
                    .bind("token", origin.token())
                    .bind("requestId", origin.requestId())
                    .bind("caller", origin.caller())
                    .bind("mode", origin.mode().name())
                    .bind("plan", StoredPlan.OF_ROLLBACK.write(rollback.plan()))
                    .bind("traceparent", origin.traceparent())
                    .bind("createTime", TimeColumns.utc(rollback.status().createTime()));
            return RollbackWrites.bindLife(update, rollback).execute() == 1;
        }
    }

    /** Holds every target, in one order for all, so that two rollbacks cannot wait for each other; the first that is taken otherwise. */
    private static Optional<String> hold(Handle handle, Rollback rollback) {
        for (var identity : identities(rollback)) {
            try (var update = handle.createUpdate(
                    "insert into rollback_hold (identity, rollback_id) values (:identity, :id) on conflict do nothing")) {
                if (update.bind("identity", identity).bind("id", rollback.id()).execute() == 0) {
                    return Optional.of(identity);
                }
            }
        }
        return Optional.empty();
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

    private static void insertSteps(Handle handle, Rollback rollback) {
        for (int position = 0; position < rollback.steps().size(); position++) {
            Step step = rollback.steps().get(position);
            try (var update = handle.createUpdate("""
                    insert into rollback_step (rollback_id, position, stage, kind, state, attempts, round, effect,
                      seen_before, seen_after, looked_millis, revision, start_time, end_time)
                    values (:id, :position, :stage, :kind, :state, :attempts, :round, :effect,
                      :seenBefore, :seenAfter, :lookedMillis, :revision, :startTime, :endTime)""")) {
                RollbackWrites.bindStep(update.bind("id", rollback.id()).bind("position", position), step)
                        .execute();
            }
        }
    }

    private static RollbackEvent opening(Rollback rollback) {
        var order = rollback.order();
        var detail = "return of " + order.service() + " from " + order.from() + " to " + order.to() + " by "
                + rollback.plan().targets() + ": " + order.reason();
        var status = rollback.status();
        return new RollbackEvent(status.createTime(), rollback.origin().caller(), status.state(), "", detail, "", "");
    }
}
