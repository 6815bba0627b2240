package dev.portcullis.rollback.rollback;

import java.util.Set;

/** Where in its life a rollback is. */
public enum RollbackState {
    /** Written down; nothing was done yet. */
    PLANNED,
    /** The target is being told, with retries. */
    RUNNING,
    /** The target accepted; waiting until the old revision has the traffic. */
    VERIFYING,
    /** The old revision has the traffic. */
    SUCCEEDED,
    /** The target refused for good; nothing was changed. */
    FAILED,
    /** It could be neither finished nor ruled out. */
    NEEDS_HUMAN,
    /** Ended on request before anything was done. */
    CANCELLED;

    /** The states a rollback may go to from here; empty at the end of its life. */
    public Set<RollbackState> next() {
        return switch (this) {
            case PLANNED -> Set.of(RUNNING, CANCELLED);
            case RUNNING -> Set.of(VERIFYING, FAILED, NEEDS_HUMAN);
            case VERIFYING -> Set.of(SUCCEEDED, NEEDS_HUMAN);
            case SUCCEEDED, FAILED, NEEDS_HUMAN, CANCELLED -> Set.of();
        };
    }

    /** Whether its life is over. */
    public boolean ended() {
        return next().isEmpty();
    }
}
