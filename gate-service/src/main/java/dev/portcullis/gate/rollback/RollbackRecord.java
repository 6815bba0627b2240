package dev.portcullis.gate.rollback;

import java.util.Optional;

/** What rollback-service has on record. Thread-safe; never throws for what the other side does, and ends within 300 ms. */
public interface RollbackRecord {
    /** The newest rehearsal of a service; empty when there is none or it could not be told. */
    Optional<Drill> lastDrill(String service);

    /** The newest rollback of a service that is no rehearsal, by whomever it was started; empty when there is none or it could not be told. */
    Optional<LatestRollback> latest(String service);

    /**
     * How a rollback stands now; {@link RollbackStatus#UNKNOWN} when it could not be told.
     *
     * @param rollback "rollbacks/{uuid}"
     */
    RollbackStatus status(String rollback);
}
