package dev.portcullis.gate.store;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.Retry;
import dev.portcullis.gate.release.Withdrawal;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import java.time.Instant;
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
     * @param after as it is with the decision
     * @param actor who made it
     * @param analysisHash of the judgement it rests on, in hex; empty when it rests on none
     */
    static AuditEntry of(
            Release release, Release after, Decision decision, AuditActor actor, Optional<String> analysisHash) {
        var origin = decision.origin().orElseThrow();
        var more = new HashMap<String, Object>();
        more.put("release", release(release));
        more.put(
                "state",
                Map.of("before", release.state().name(), "after", after.state().name()));
        more.put(
                "decision",
                Map.of(
                        "name",
                        release.name() + "/decisions/" + decision.id(),
                        "outcome",
                        decision.outcome().name(),
                        "reasons",
                        decision.reasons().stream().map(DecisionReason::name).toList(),
                        "step",
                        origin.step()));
        more.put("evidence", evidence(after, decision, analysisHash));
        if (decision.reasons().contains(DecisionReason.PROMOTED_AGAINST_FAIL)) {
            more.put(
                    "approvals",
                    after.approvals().stream()
                            .filter(Approval::stands)
                            .map(DecisionEntry::approval)
                            .toList());
        }
        after.order().ifPresent(order -> more.put("rollback", Map.of("from", order.from(), "to", order.to())));
        return new AuditEntry(
                origin.time(),
                action(decision),
                actor,
                Optional.of(release.key().service()),
                Optional.of(release.name()),
                AuditEntry.Outcome.SUCCESS,
                origin.comment().isEmpty() ? decision.explanation() : origin.comment(),
                more);
    }

    private static Map<String, Object> approval(Approval approval) {
        return Map.of(
                "approver",
                approval.name(),
                "reason",
                approval.reason(),
                "time",
                approval.time().toString());
    }

    private static AuditAction action(Decision decision) {
        var reasons = decision.reasons();
        if (reasons.contains(DecisionReason.PROMOTED_AGAINST_FAIL)) {
            return AuditAction.PROMOTE_AGAINST_FAIL;
        }
        if (reasons.contains(DecisionReason.PROMOTED_BY_PERSON)) {
            return AuditAction.PROMOTE_RELEASE;
        }
        if (reasons.contains(DecisionReason.ABORTED_BY_PERSON)) {
            return AuditAction.ABORT_RELEASE;
        }
        return decision.origin().orElseThrow().actor().equals(Origin.GATE)
                ? AuditAction.DECIDE
                : AuditAction.END_RELEASE;
    }

    private static Map<String, Object> release(Release release) {
        return release(release.start());
    }

    private static Map<String, Object> release(ReleaseStart start) {
        var key = start.key();
        Map<String, Object> json = new HashMap<>(start.details().json());
        json.putAll(Map.of(
                "namespace",
                key.namespace(),
                "rollout",
                key.rollout(),
                "canary",
                key.canary(),
                "stable",
                start.stable(),
                "revision",
                key.revision(),
                "run",
                start.run(),
                "dryRun",
                start.dryRun()));
        return json;
    }

    /** The entry that tells what somebody has told of a release since it was opened. */
    static AuditEntry described(Release after, AuditActor actor, Instant now) {
        return new AuditEntry(
                now,
                AuditAction.DESCRIBE_RELEASE,
                actor,
                Optional.of(after.key().service()),
                Optional.of(after.name()),
                AuditEntry.Outcome.SUCCESS,
                "",
                Map.of("release", release(after)));
    }

    /** The entry that tells that somebody has approved a release. */
    static AuditEntry approved(Release after, Approval approval, AuditActor actor) {
        var more = new HashMap<String, Object>();
        more.put("inAdvance", approval.inAdvance());
        if (!approval.groups().isEmpty()) {
            more.put("groups", approval.groups());
        }
        approval.decision().ifPresent(id -> more.put("decision", after.name() + "/decisions/" + id));
        return new AuditEntry(
                approval.time(),
                AuditAction.APPROVE_RELEASE,
                actor,
                Optional.of(after.key().service()),
                Optional.of(after.name()),
                AuditEntry.Outcome.SUCCESS,
                approval.reason(),
                Map.of("release", release(after), "approval", more));
    }

    /** The entry that tells that somebody has taken his approval back. */
    static AuditEntry withdrawn(Release after, Approval approval, Withdrawal withdrawal, AuditActor actor) {
        return new AuditEntry(
                withdrawal.time(),
                AuditAction.WITHDRAW_APPROVAL,
                actor,
                Optional.of(after.key().service()),
                Optional.of(after.name()),
                AuditEntry.Outcome.SUCCESS,
                withdrawal.reason(),
                Map.of(
                        "release",
                        release(after),
                        "approval",
                        Map.of(
                                "reason",
                                approval.reason(),
                                "time",
                                approval.time().toString())));
    }

    /** The entry that tells that somebody has had a release begin anew. */
    static AuditEntry retried(ReleaseStart start, Retry retry, AuditActor actor) {
        return new AuditEntry(
                start.time(),
                AuditAction.RETRY_RELEASE,
                actor,
                Optional.of(start.key().service()),
                Optional.of(Release.name(start.key().service(), start.id())),
                AuditEntry.Outcome.SUCCESS,
                retry.reason(),
                Map.of("release", release(start)));
    }

    private static Map<String, Object> evidence(Release after, Decision decision, Optional<String> analysisHash) {
        var evidence = new HashMap<String, Object>();
        evidence.put("analysis", after.analysis());
        evidence.put("windows", decision.windows());
        decision.verdict().ifPresent(verdict -> evidence.put("verdict", verdict.name()));
        analysisHash.ifPresent(hash -> evidence.put("analysisHash", hash));
        return evidence;
    }
}
