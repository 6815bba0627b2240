package dev.portcullis.rollback.crash;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The controllers of several worlds at work, as long as this is open. */
public final class RunningControllers implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(50);

    private final Thread thread;
    private volatile boolean ended;

    public RunningControllers(List<Runnable> controllers) {
        thread = Thread.ofPlatform().daemon().start(() -> {
            while (!ended) {
                controllers.forEach(Runnable::run);
                LockSupport.parkNanos(EVERY.toNanos());
            }
        });
    }

    /** Whether no controller has failed. */
    public boolean alive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
