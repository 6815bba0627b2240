package dev.portcullis.rollback.lifecycle;

import dev.portcullis.rollback.plan.Obstacle;

/** Why a rollback was not prepared or not started; its name is the reason id towards users. Nothing was done. */
public enum Refusal {
    /** No policy names a rollback target for the service. */
    NO_ROLLBACK_TARGET,
    /** The service's last rollback has not ended. */
    ROLLBACK_IN_PROGRESS,
    /** Another service's active rollback acts on the same target. */
    TARGET_BUSY,
    /** Every target is where it should be already. */
    ALREADY_RESTORED,
    /** A target cannot be looked at now. */
    TARGET_UNREACHABLE,
    /** Nothing was prepared under that token, or it is long out of date. */
    TOKEN_UNKNOWN,
    /** The preparation is out of date. */
    TOKEN_EXPIRED,
    /** The token has started a rollback by another call. */
    TOKEN_USED,
    /** As {@link Obstacle#TARGET_NOT_FOUND}. */
    TARGET_NOT_FOUND,
    /** As {@link Obstacle#REVISION_NOT_FOUND}. */
    REVISION_NOT_FOUND,
    /** As {@link Obstacle#REVISION_AMBIGUOUS}. */
    REVISION_AMBIGUOUS,
    /** As {@link Obstacle#GITOPS_REVERTS}. */
    GITOPS_REVERTS,
    /** As {@link Obstacle#TOOL_MISSING}. */
    TOOL_MISSING,
    /** As {@link Obstacle#ACCESS_DENIED}. */
    ACCESS_DENIED,
    /** As {@link Obstacle#NOT_POSSIBLE}. */
    NOT_POSSIBLE;

    /** The refusal an obstacle at a target gives. */
    static Refusal of(Obstacle obstacle) {
        return valueOf(obstacle.name());
    }
}
