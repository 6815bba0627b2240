package dev.portcullis.gate.usecase;

import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records in the audit log when this service begins to work and when it ends. Thread-safe. */
public final class RecordService {
    private static final Logger LOG = LoggerFactory.getLogger(RecordService.class);

    private final AuditLog log;
    private final Clock clock;

    public RecordService(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Records that it begins; what the store throws passes on. */
    public void begin() {
        log.record(entry(AuditAction.START_SERVICE));
    }

    /** Records that it ends, if the store still lets it: a service ends in any case, and one that was killed has no such entry. */
    public void end() {
        try {
            log.record(entry(AuditAction.STOP_SERVICE));
        } catch (RuntimeException e) {
            LOG.warn("the end of the service could not be recorded in the audit log: {}", e.getMessage());
        }
    }

    private AuditEntry entry(AuditAction action) {
        return new AuditEntry(
                clock.instant(),
                action,
                AuditActor.service(Origin.GATE),
                Optional.empty(),
                Optional.empty(),
                AuditEntry.Outcome.SUCCESS,
                "",
                Map.of());
    }
}
