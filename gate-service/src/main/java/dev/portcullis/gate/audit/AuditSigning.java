package dev.portcullis.gate.audit;

import java.util.Optional;

/** Whether and how the audit log is signed. Thread-safe. */
public final class AuditSigning {
    private final Optional<AuditSigner> signer;
    private final Optional<SignedElsewhere> elsewhere;

    /**
     * @param signer empty when no key is configured: entries are recorded and wait for one
     * @param elsewhere empty when no place outside of the database is configured
     */
    public AuditSigning(Optional<AuditSigner> signer, Optional<SignedElsewhere> elsewhere) {
        this.signer = signer;
        this.elsewhere = elsewhere;
    }

    public Optional<AuditSigner> signer() {
        return signer;
    }

    public Optional<SignedElsewhere> elsewhere() {
        return elsewhere;
    }
}
