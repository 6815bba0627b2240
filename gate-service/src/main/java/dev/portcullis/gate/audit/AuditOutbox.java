package dev.portcullis.gate.audit;

import java.util.List;
import java.util.UUID;

/** The port to what another service has to tell the audit log. Thread-safe. */
public interface AuditOutbox {
    /**
     * Entries that wait there, the oldest first.
     *
     * @param recorded those that the log has, of the answer before: they wait no more
     * @return empty when none waits, or the service cannot be asked
     */
    List<HandedEntry> handOver(List<UUID> recorded);
}
