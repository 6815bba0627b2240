package dev.portcullis.rollback.cluster;

/** When a {@link KubeServer} fails: before it carries a request out, or after. */
public enum Moment {
    BEFORE,
    AFTER
}
