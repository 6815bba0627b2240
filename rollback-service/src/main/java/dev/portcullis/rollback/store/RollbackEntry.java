package dev.portcullis.rollback.store;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.Rollback;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The entries of the audit log that tell what was done with a rollback. Stateless. */
final class RollbackEntry {
    private RollbackEntry() {}

    static AuditEntry started(Rollback rollback, AuditActor actor) {
        return entry(
                rollback,
                rollback.status().createTime(),
                AuditAction.START_ROLLBACK,
                actor,
                rollback.order().reason());
    }

    static AuditEntry cancelled(Rollback rollback, Cancellation cancellation, AuditActor actor) {
        return entry(rollback, cancellation.time(), AuditAction.CANCEL_ROLLBACK, actor, cancellation.reason());
    }

    private static AuditEntry entry(Rollback rollback, Instant time, AuditAction action, AuditActor actor, String why) {
        var order = rollback.order();
        return new AuditEntry(
                time,
                action,
                actor,
                Optional.of(order.service()),
                Optional.of(rollback.name()),
                AuditEntry.Outcome.SUCCESS,
                why,
                Map.of(
                        "rollback",
                        Map.of(
                                "name", rollback.name(),
                                "mode", rollback.origin().mode().name(),
                                "from", order.from(),
                                "to", order.to(),
                                "release", order.release(),
                                "caller", rollback.origin().caller(),
                                "targets", rollback.plan().targets())));
    }
}
