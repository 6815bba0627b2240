package dev.portcullis.gate.usecase;

import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditOutbox;
import dev.portcullis.gate.audit.HandedEntry;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches what the other services have to tell the audit log. An entry is in the log before its service hears of that, and is taken once if it comes again. Thread-safe. */
public final class CollectAuditEntries {
    private static final Logger LOG = LoggerFactory.getLogger(CollectAuditEntries.class);

    /** So that one service that has much to tell does not hold up the other. */
    private static final int ROUNDS = 20;

    private final AuditLog log;
    private final List<AuditOutbox> outboxes;

    public CollectAuditEntries(AuditLog log, List<AuditOutbox> outboxes) {
        this.log = log;
        this.outboxes = List.copyOf(outboxes);
    }

    /** Fetches all there is; what the store of the log throws passes on. */
    public void collect() {
        for (var outbox : outboxes) {
            try {
                collect(outbox);
            } catch (IllegalArgumentException e) {
                LOG.error(
                        "entries of another service are not taken into the audit log, and wait there: {}",
                        e.getMessage());
            }
        }
    }

    private void collect(AuditOutbox outbox) {
        List<UUID> recorded = List.of();
        for (var round = 0; round < ROUNDS; round++) {
            var entries = outbox.handOver(recorded);
            if (entries.isEmpty()) {
                return;
            }
            log.take(entries);
            recorded = entries.stream().map(HandedEntry::id).toList();
        }
        outbox.handOver(recorded);
    }
}
