package dev.portcullis.rollback.cluster;

/** When a {@link KubeServer} fails: before it carries a request out, or after. */
public enum FaultMoment {
    BEFORE,
    AFTER
}
