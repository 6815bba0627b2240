package dev.portcullis.gate.store;

import dev.portcullis.gate.analysis.AnalysisSnapshot;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseChange;
import dev.portcullis.gate.rollback.RollbackOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a change of a release writes, inside somebody else's transaction. */
final class ReleaseChanges {
    /** Time the starter of a rollback has before the review tries too. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

    private static final String NO_STABLE =
            "no rollback: the release names no stable revision to return to; take the canary back by hand";

    private static final String UPDATE = """
            update releases set state = :state, analysis = :analysis, seen_windows = :windows, seen_changed = :changed,
              latest_decision = coalesce(:decision, latest_decision), served_at = :served, ended_at = :ended,
              retention_start = case when cast(:ended as timestamptz) is not null then greatest(clock_timestamp(), cast(:ended as timestamptz)) end
            where id = :id""";

    private static final String ORDER = """
            insert into rollback_orders (release_id, decision_id, from_revision, to_revision, reason, traceparent, state,
              detail, next_try)
            values (:release, :decision, :from, :to, :reason, :traceparent, :state, :detail, :next)""";

    private ReleaseChanges() {}

    static void write(Handle handle, Release release, ReleaseChange change, AuditRecorder audit) {
        change.decision().ifPresent(decision -> {
            var analysisHash = DecisionRows.insert(
                    handle, release.id(), decision, change.snapshot().map(AnalysisSnapshot::json));
            audit.record(handle, DecisionEntry.of(release, change, decision, analysisHash));
        });
        handle.createUpdate(UPDATE)
                .bind("id", release.id())
                .bind("state", change.state().name())
                .bind("analysis", change.analysis())
                .bind("windows", change.seen().windows())
                .bind("changed", change.seen().changed())
                .bind("decision", change.decision().map(Decision::id))
                .bind("served", change.served())
                .bind("ended", change.ended())
                .execute();
        change.order().ifPresent(order -> order(handle, order, change.ended().orElseThrow()));
    }

    private static void order(Handle handle, RollbackOrder order, Instant now) {
        handle.createUpdate(ORDER)
                .bind("release", order.releaseId())
                .bind("decision", order.decisionId())
                .bind("from", order.from())
                .bind("to", order.to())
                .bind("reason", order.reason())
                .bind("traceparent", order.traceparent())
                .bind("state", order.possible() ? "PENDING" : "REFUSED")
                .bind("detail", order.possible() ? "" : NO_STABLE)
                .bind("next", now.plus(FIRST_RETRY))
                .execute();
    }

    static Optional<Release> lock(Handle handle, UUID id) {
        // Two statements: the lock may be waited for, and what is joined must be read after that.
        return handle.createQuery("select id from releases where id = :id for update")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .flatMap(locked -> ReleaseRows.find(handle, locked));
    }
}
