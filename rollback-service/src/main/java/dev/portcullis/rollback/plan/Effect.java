package dev.portcullis.rollback.plan;

/** What the tries of a step have done to its target. */
public enum Effect {
    /** Nothing. */
    NONE,
    /** Perhaps something: a try was made whose outcome nobody saw. */
    UNKNOWN,
    /** Something, for certain. */
    CHANGED;

    /** What is known while one more try is under way. */
    Effect orUnknown() {
        return this == CHANGED ? CHANGED : UNKNOWN;
    }
}
