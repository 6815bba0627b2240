package dev.portcullis.gate.release;

import dev.portcullis.kit.identity.Caller;
import java.util.Optional;

/**
 * What became of the rollback of an aborted release.
 *
 * @param rollback "rollbacks/{uuid}"; empty when there is none
 * @param detail why there is none yet, in one line; empty when nothing is wrong
 * @param pending whether it is still to be started
 * @param caller who aborted by hand; empty when the gate decided by itself
 */
public record RollbackNote(String rollback, String detail, boolean pending, Optional<Caller> caller) {
    /** There is no rollback, and none is wanted. */
    public static final RollbackNote NONE = new RollbackNote("", "", false, Optional.empty());
}
