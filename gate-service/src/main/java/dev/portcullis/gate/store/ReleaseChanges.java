package dev.portcullis.gate.store;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.ReleaseNews;
import dev.portcullis.gate.message.RollbackWatch;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.identity.CallerClaim;
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
              latest_decision = :decision, watched_until = :watched, confirmation = cast(:confirmation as jsonb), served_at = :served, ended_at = :ended,
              artifact = :artifact, ticket = :ticket, author = :author, labels = :labels, added_rules = cast(:addedRules as jsonb), approvals = cast(:approvals as jsonb),
              retention_start = case when cast(:ended as timestamptz) is not null then greatest(clock_timestamp(), cast(:ended as timestamptz)) end
            where id = :id""";

    private static final String ORDER = """
            insert into rollback_orders (release_id, decision_id, from_revision, to_revision, reason, traceparent, state,
              detail, next_try, caller)
            values (:release, :decision, :from, :to, :reason, :traceparent, :state, :detail, :next, :caller)""";

    private ReleaseChanges() {}

    /** @return the release as it can be read after that */
    static Release write(Handle handle, Release before, Release after, AuditRecorder audit, MessageRecorder messages) {
        var decision = after.decidedSince(before);
        decision.ifPresent(made -> {
            var analysisHash = DecisionRows.insert(handle, after.id(), made);
            audit.record(
                    handle,
                    DecisionEntry.of(
                            before,
                            after,
                            made,
                            audit.actor(made.origin().orElseThrow().actor()),
                            analysisHash));
        });
        if (!after.start().details().equals(before.start().details())) {
            audit.record(handle, DecisionEntry.described(after, audit.actor(), now(handle)));
        }
        if (!after.approvals().equals(before.approvals())) {
            audit.record(handle, said(before, after, audit.actor()));
        }
        handle.createUpdate(UPDATE)
                .bind("id", after.id())
                .bind("state", after.state().name())
                .bind("analysis", after.analysis())
                .bind("windows", after.seen().windows())
                .bind("changed", after.seen().changed())
                .bind("decision", after.latest().map(Decision::id))
                .bind("confirmation", after.confirmation().map(StoredConfirmation.COLUMN::write))
                .bind("watched", after.watchedUntil())
                .bind("served", after.served())
                .bind("artifact", after.start().details().artifact())
                .bind("ticket", after.start().details().ticket())
                .bind("author", after.start().details().author())
                .bind("labels", after.start().details().labelText())
                .bind(
                        "addedRules",
                        StoredAddedRules.write(after.start().details().rules()))
                .bind("approvals", StoredApprovals.write(after.approvals()))
                .bind("ended", after.ended())
                .execute();
        if (before.open()) {
            wantRecords(handle, before, after);
        }
        messages.record(handle, ReleaseNews.of(before, after));
        decision.flatMap(made -> after.order()).ifPresent(order -> {
            var now = after.ended().orElseThrow();
            order(handle, order, now, caller(after, audit));
            if (!order.possible()) {
                PostgresRollbackWatches.begin(handle, order, "", RollbackWatch.REFUSED, now);
                messages.record(
                        handle, PostgresRollbackWatches.news(after, MessageEvent.ROLLBACK_REFUSED, "", NO_STABLE, now));
            }
        });
        return ReleaseRows.find(handle, after.id()).orElse(after);
    }

    /** Of every analysis that the release is judged by no more. */
    private static void wantRecords(Handle handle, Release before, Release after) {
        if (!after.open()) {
            PostgresAnalysisRecords.want(handle, after.id(), after.analysis());
        }
        if (!before.analysis().equals(after.analysis())) {
            PostgresAnalysisRecords.want(handle, after.id(), before.analysis());
        }
    }

    /** What somebody has just said for the release, or taken back. */
    private static AuditEntry said(Release before, Release after, AuditActor actor) {
        return after.approvals().stream()
                .filter(approval -> !approval.stands() && !before.approvals().contains(approval))
                .findFirst()
                .flatMap(approval -> approval.withdrawal()
                        .map(withdrawal -> DecisionEntry.withdrawn(after, approval, withdrawal, actor)))
                .orElseGet(() -> DecisionEntry.approved(after, after.approvals().getLast(), actor));
    }

    private static Instant now(Handle handle) {
        return handle.createQuery("select clock_timestamp()")
                .mapTo(Instant.class)
                .one();
    }

    /** Whoever aborted, where he is known; what the gate decides while it answers somebody is its own. */
    private static String caller(Release aborted, AuditRecorder audit) {
        var actor = aborted.latest().orElseThrow().origin().orElseThrow().actor();
        return actor.equals(Origin.GATE)
                ? ""
                : audit.knownCaller().map(CallerClaim::text).orElse("");
    }

    private static void order(Handle handle, RollbackOrder order, Instant now, String caller) {
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
                .bind("caller", caller)
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
