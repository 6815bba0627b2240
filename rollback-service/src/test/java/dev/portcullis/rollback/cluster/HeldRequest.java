package dev.portcullis.rollback.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that a {@link KubeServer} has received and not yet carried out. Thread-safe. */
public final class HeldRequest implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits until it is there. */
    public void awaitArrival() {
        try {
            if (!arrived.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("waited " + LIMIT + " in vain for a request to hold");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Lets it be carried out and answered. */
    public void release() {
        released.countDown();
    }

    void hold() {
        arrived.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
    }
}
