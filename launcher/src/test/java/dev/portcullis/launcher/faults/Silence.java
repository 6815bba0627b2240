package dev.portcullis.launcher.faults;

import java.util.concurrent.CountDownLatch;

/** What a server waits for before it answers: nothing, or while there is silence its end. Thread-safe. */
final class Silence {
    private volatile CountDownLatch end = new CountDownLatch(0);

    /** Begins or ends it. */
    void set(boolean silent) {
        end.countDown();
        end = new CountDownLatch(silent ? 1 : 0);
    }

    void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
