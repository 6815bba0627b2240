package dev.portcullis.gate.audit;

/** What happens to the audit log, to be counted. Thread-safe. */
public interface AuditEvents {
    /** A checkpoint was signed. */
    void signed();

    /** The log has lost what was signed before, so it was not signed. */
    void refused();

    /** A witness has cosigned a checkpoint. */
    void cosigned(String witness);

    /** A witness was asked in vain, or has contradicted. */
    void notCosigned(String witness);
}
