package dev.portcullis.gate.rollback;

import java.util.Optional;

/** The rehearsals rollback-service has on record. Thread-safe; never throws for what the other side does. */
public interface Drills {
    /** The newest of a service; empty when there is none or it could not be told within 300 ms. */
    Optional<Drill> last(String service);
}
