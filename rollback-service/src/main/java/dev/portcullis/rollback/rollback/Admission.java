package dev.portcullis.rollback.rollback;

/** What became of a new rollback at the store's door. */
public sealed interface Admission {
    /** It is written down. */
    record Admitted(Rollback rollback) implements Admission {}

    /** Its request id is known: the rollback that was written down under it, whatever its order. */
    record RequestKnown(Rollback existing) implements Admission {}

    /** The service's active rollback stands in the way. */
    record ServiceBusy(Rollback active) implements Admission {}
}
