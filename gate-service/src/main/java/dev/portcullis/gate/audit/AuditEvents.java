package dev.portcullis.gate.audit;

/** What happens to the audit log, to be counted. Thread-safe. */
public interface AuditEvents {
    /** A checkpoint was signed. */
    void signed();

    /** The log has lost what was signed before, so it was not signed. */
    void refused();
}
