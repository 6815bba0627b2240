package dev.portcullis.rollback.plan;

/** The life of a step: PENDING, ACTIVE, then one of the ends. */
public enum StepState {
    /** Not begun. */
    PENDING,
    /** Begun; it may be repeated. */
    ACTIVE,
    /** Done, or observed as done already. */
    DONE,
    /** Given up. */
    GIVEN_UP;

    /** Whether a step in this state may enter another; staying where it is needs no leave. */
    public boolean mayBecome(StepState next) {
        return switch (this) {
            case PENDING -> next == ACTIVE;
            case ACTIVE -> next == DONE || next == GIVEN_UP;
            case DONE, GIVEN_UP -> false;
        };
    }

    /** Whether nothing is left to do. */
    public boolean ended() {
        return this == DONE || this == GIVEN_UP;
    }
}
