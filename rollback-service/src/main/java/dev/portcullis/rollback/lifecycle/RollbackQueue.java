package dev.portcullis.rollback.lifecycle;

import java.util.UUID;

/** The port to durable execution. Thread-safe. */
@FunctionalInterface
public interface RollbackQueue {
    /** Has a rollback worked on now, whatever it waits for; of no effect on one that is being worked on. A call that is lost is made up for within seconds. */
    void enqueue(UUID id);
}
