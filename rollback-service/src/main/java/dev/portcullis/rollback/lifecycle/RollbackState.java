package dev.portcullis.rollback.lifecycle;

import java.util.Set;

/** Where in its life a rollback is. */
public enum RollbackState {
    /** Written down; nothing was done yet. */
    PLANNED,
    /** The targets are being changed and looked at, one after the other. */
    RUNNING,
    /** Every target is where it should be; waiting for the proof that users recovered. */
    VERIFYING,
    /** Every target is where it should be, and users recovered. */
    SUCCEEDED,
    /** A target refused for good; nothing was changed anywhere. */
    FAILED,
    /** It could be neither finished nor ruled out, or users did not recover. */
    NEEDS_HUMAN,
    /** Ended on request between two steps. */
    CANCELLED;

    /** The states a rollback may go to from here; empty at the end of its life. */
    public Set<RollbackState> next() {
        return switch (this) {
            case PLANNED -> Set.of(RUNNING, CANCELLED);
            case RUNNING -> Set.of(VERIFYING, FAILED, NEEDS_HUMAN, CANCELLED);
            case VERIFYING -> Set.of(SUCCEEDED, NEEDS_HUMAN, CANCELLED);
            case SUCCEEDED, FAILED, NEEDS_HUMAN, CANCELLED -> Set.of();
        };
    }

    /** Whether its life is over. */
    public boolean ended() {
        return next().isEmpty();
    }
}
