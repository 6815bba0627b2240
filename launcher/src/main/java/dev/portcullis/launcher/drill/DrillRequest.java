package dev.portcullis.launcher.drill;

import dev.portcullis.proto.rollback.v1.Rollback;

/**
 * A drill as a person wants it.
 *
 * @param service the service whose rollback is rehearsed
 * @param mode DRY_RUN or STAGING
 * @param from the revision to leave; empty: the canary of the service's newest release that served users
 * @param to the revision to return to; empty: the stable version of that release
 * @param reason why, for the record
 * @param caller who, for the record
 */
public record DrillRequest(String service, Rollback.Mode mode, String from, String to, String reason, String caller) {
    boolean lacksRevision() {
        return from.isEmpty() || to.isEmpty();
    }

    DrillRequest between(String newFrom, String newTo) {
        return new DrillRequest(service, mode, newFrom, newTo, reason, caller);
    }
}
