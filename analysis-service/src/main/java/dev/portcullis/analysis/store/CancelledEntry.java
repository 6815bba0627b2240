package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.identity.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The entry of the audit log that tells who cancelled an analysis. Stateless. */
final class CancelledEntry {
    private CancelledEntry() {}

    /** Empty when it was not cancelled, or by gate-service, which ends an analysis with its release and records that itself. */
    static Optional<AuditEntry> of(AnalysisRun run, AuditActor actor) {
        return run.status().state() == AnalysisState.CANCELLED
                ? of(
                        run.id(),
                        run.plan().objectives().service(),
                        String.valueOf(run.status().cancelReason()),
                        run.status().updateTime(),
                        actor)
                : Optional.empty();
    }

    /** The same of an analysis whose record cannot be read. */
    static Optional<AuditEntry> of(UUID id, String service, String reason, Instant time, AuditActor actor) {
        return actor.kind().equals(Caller.Kind.PEER.name())
                ? Optional.empty()
                : Optional.of(new AuditEntry(
                        time,
                        AuditAction.CANCEL_ANALYSIS,
                        actor,
                        Optional.of(service),
                        Optional.of("analyses/" + id),
                        AuditEntry.Outcome.SUCCESS,
                        reason,
                        Map.of()));
    }
}
