package dev.portcullis.gate.audit;

/** What an entry of the audit log tells. The names go over the wire and into the log. */
public enum AuditAction {
    /** The gate decided on a release. */
    DECIDE,
    /** A person promoted a release. */
    PROMOTE_RELEASE,
    /** A person aborted a release. */
    ABORT_RELEASE,
    /** What moves the traffic told how it had ended a rollout, and the gate recorded it. */
    END_RELEASE,
    /** rollback-service started the rollback that an ABORT wants, or refused to. */
    ORDER_ROLLBACK,
    /** Somebody read entries of the audit log. */
    READ_AUDIT_LOG,
    /** A gate-service began to work. */
    START_SERVICE,
    /** A gate-service ended. */
    STOP_SERVICE
}
