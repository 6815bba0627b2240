package dev.portcullis.kit.audit;

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
    /** A service of Portcullis began to work. */
    START_SERVICE,
    /** A service of Portcullis ended. */
    STOP_SERVICE,
    /** Calls were refused for who makes them; one entry tells of all of a minute that are alike. */
    REFUSE_CALLS,
    /** The content of the configuration folder changed, and a service uses the new one. */
    CHANGE_CONFIGURATION,
    /** Somebody made a token. */
    CREATE_TOKEN,
    /** Somebody revoked a token. */
    REVOKE_TOKEN,
    /** A rollback, or the rehearsal of one, was started. */
    START_ROLLBACK,
    /** Somebody cancelled a rollback. */
    CANCEL_ROLLBACK,
    /** Somebody cancelled an analysis. */
    CANCEL_ANALYSIS,
    /** Somebody told more of a release: its artifact, its ticket, its author or a label. */
    DESCRIBE_RELEASE,
    /** Somebody held the promotions of some services, or of one release. */
    HOLD_PROMOTIONS,
    /** Somebody ended such a hold. */
    RESUME_PROMOTIONS,
    /** Somebody approved a release. */
    APPROVE_RELEASE,
    /** Somebody had a release that had ended begin anew. */
    RETRY_RELEASE,
    /** Somebody signed in to the console. */
    SIGN_IN,
    /** Somebody signed out of the console. */
    SIGN_OUT,
    /** Somebody took back his approval of a release. */
    WITHDRAW_APPROVAL,
    /** A person promoted a release against a FAIL, with the approval of a second one. */
    PROMOTE_AGAINST_FAIL
}
