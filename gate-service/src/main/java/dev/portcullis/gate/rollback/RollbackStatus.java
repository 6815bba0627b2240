package dev.portcullis.gate.rollback;

import java.util.Set;

/**
 * The part of a rollback that changes, as rollback-service tells it.
 *
 * @param state rollback-service's word, e.g. SUCCEEDED; ORDERED while it has not taken the order, UNKNOWN when it could not be asked, RECORD_EXPIRED when it is no longer kept
 * @param detail what happened last and, where a person is needed, what to do; empty when it could not be asked
 */
public record RollbackStatus(String state, String detail) {
    /** rollback-service has not said yet that it has it. */
    public static final RollbackStatus ORDERED = new RollbackStatus("ORDERED", "");

    /** rollback-service could not be asked. */
    public static final RollbackStatus UNKNOWN = new RollbackStatus("UNKNOWN", "");

    /** It ended so long ago that rollback-service no longer has it. */
    public static final RollbackStatus EXPIRED = new RollbackStatus("RECORD_EXPIRED", "");

    private static final String NEEDS_HUMAN = "NEEDS_HUMAN";
    private static final String FAILED = "FAILED";
    private static final Set<String> ENDS = Set.of("SUCCEEDED", FAILED, NEEDS_HUMAN, "CANCELLED", EXPIRED.state);

    /** Whether rollback-service does nothing more for it; not when that is not known. */
    public boolean ended() {
        return ENDS.contains(state);
    }

    /** Whether it ended without users being known to be well, so that a person has to look. */
    public boolean needsPerson() {
        return state.equals(NEEDS_HUMAN) || state.equals(FAILED);
    }
}
