package dev.portcullis.rollback.rollback;

import java.util.UUID;

/** The port to durable execution. Thread-safe. */
@FunctionalInterface
public interface RollbackQueue {
    /** Has a rollback worked on soon; calling it twice is calling it once. A call that is lost is made up for within seconds. */
    void enqueue(UUID id);
}
