package dev.portcullis.gate.message;

import java.time.Instant;
import java.util.UUID;

/**
 * A rollback that is looked at until users are back on a good revision.
 *
 * @param release id of the aborted release
 * @param rollback "rollbacks/{uuid}"; empty when none could be started
 * @param canary the bad revision
 * @param state that was seen last, in rollback-service's word; REFUSED when none could be started
 * @param began when the watch did
 */
public record RollbackWatch(UUID release, String service, String rollback, String canary, String state, Instant began) {
    /** The state of a rollback that could not be started. */
    public static final String REFUSED = "REFUSED";
}
