package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.AuditAction;
import dev.portcullis.gate.audit.AuditActor;
import dev.portcullis.gate.audit.AuditEntry;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The entry of the audit log that tells of a decision. Stateless. */
final class DecisionEntry {
    private DecisionEntry() {}

    /**
     * The entry.
     *
     * @param release as it was before
     * @param change what the decision is a part of
     * @param analysisHash of the judgement it rests on, in hex; empty when it rests on none
     */
    static AuditEntry of(Release release, ReleaseChange change, Decision decision, Optional<String> analysisHash) {
        var origin = decision.origin();
        var ruling = decision.ruling();
        var more = new HashMap<String, Object>();
        more.put("release", release(release));
        more.put(
                "state",
                Map.of("before", release.state().name(), "after", change.state().name()));
        more.put(
                "decision",
                Map.of(
                        "name",
                        release.name() + "/decisions/" + decision.id(),
                        "outcome",
                        ruling.outcome().name(),
                        "reasons",
                        ruling.reasons().stream().map(DecisionReason::name).toList(),
                        "step",
                        origin.step()));
        more.put("evidence", evidence(change, decision, analysisHash));
        change.order().ifPresent(order -> more.put("rollback", Map.of("from", order.from(), "to", order.to())));
        return new AuditEntry(
                origin.time(),
                action(decision),
                origin.actor().equals(Origin.GATE)
                        ? AuditActor.service(Origin.GATE)
                        : AuditActor.declared(origin.actor()),
                Optional.of(release.key().service()),
                Optional.of(release.name()),
                AuditEntry.Outcome.SUCCESS,
                origin.comment().isEmpty() ? ruling.explanation() : origin.comment(),
                more);
    }

    private static AuditAction action(Decision decision) {
        var reasons = decision.ruling().reasons();
        if (reasons.contains(DecisionReason.PROMOTED_BY_PERSON)) {
            return AuditAction.PROMOTE_RELEASE;
        }
        if (reasons.contains(DecisionReason.ABORTED_BY_PERSON)) {
            return AuditAction.ABORT_RELEASE;
        }
        return decision.origin().actor().equals(Origin.GATE) ? AuditAction.DECIDE : AuditAction.END_RELEASE;
    }

    private static Map<String, Object> release(Release release) {
        var key = release.key();
        return Map.of(
                "namespace",
                key.namespace(),
                "rollout",
                key.rollout(),
                "canary",
                key.canary(),
                "stable",
                release.start().stable(),
                "revision",
                key.revision(),
                "run",
                release.start().run(),
                "dryRun",
                release.start().dryRun());
    }

    private static Map<String, Object> evidence(
            ReleaseChange change, Decision decision, Optional<String> analysisHash) {
        var evidence = new HashMap<String, Object>();
        evidence.put("analysis", change.analysis());
        evidence.put("windows", decision.basis().windows());
        decision.basis().verdict().ifPresent(verdict -> evidence.put("verdict", verdict.name()));
        analysisHash.ifPresent(hash -> evidence.put("analysisHash", hash));
        return evidence;
    }
}
