package dev.portcullis.kit.audit;

/** The port to where a service writes entries of the audit log. Thread-safe. */
public interface AuditEntries {
    /** Adds an entry by itself. What it tells must not go on when this throws, which it does whenever the entry is not kept. */
    void record(AuditEntry entry);
}
