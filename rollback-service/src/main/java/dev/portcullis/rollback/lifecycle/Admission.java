package dev.portcullis.rollback.lifecycle;

/** What became of a new rollback when it was to be stored. */
public sealed interface Admission {
    /** It is written down. */
    record Admitted(Rollback rollback) implements Admission {}

    /** Its token has started a rollback before: that one. */
    record TokenKnown(Rollback existing) implements Admission {}

    /** The service's active rollback stands in the way. */
    record ServiceBusy(Rollback active) implements Admission {}

    /** Another service's active rollback acts on the same target. */
    record TargetBusy(Rollback active, String identity) implements Admission {}
}
