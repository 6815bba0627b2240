package dev.portcullis.rollback.plan;

/** What a rollback is run against. */
public enum Mode {
    /** The targets themselves. */
    LIVE,
    /** A drill: the targets are looked at and nothing is changed. */
    DRY_RUN,
    /** A drill: the targets the policy names for staging. */
    STAGING
}
