package dev.portcullis.kit.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a process has started, ended in the reverse order. The end may be asked for by another thread while a part is still starting, as SIGTERM does: that part
 * is waited for a bounded time and then ended like the others, and no further one is started. Thread-safe.
 */
public final class StartedParts implements AutoCloseable {
    /** Less than what a supervisor grants between SIGTERM and SIGKILL (30 s in Kubernetes). */
    private static final Duration LONGEST_START = Duration.ofSeconds(25);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ReentrantLock starting = new ReentrantLock();
    private final Consumer<String> fault;
    private volatile boolean ended;

    /** @param fault told in a line which part did not end cleanly */
    public StartedParts(Consumer<String> fault) {
        this.fault = fault;
    }

    /**
     * Starts a part.
     *
     * @throws StartupException when the end has been asked for
     */
    public <T extends AutoCloseable> T start(Supplier<T> start) {
        starting.lock();
        try {
            if (ended) {
                throw new StartupException("ended before everything was started");
            }
            var part = start.get();
            push(part);
            return part;
        } finally {
            starting.unlock();
        }
    }

    private synchronized void push(AutoCloseable part) {
        parts.push(part);
    }

    private synchronized AutoCloseable pop() {
        return parts.pop();
    }

    private synchronized boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether the end has been asked for. */
    public boolean isEnded() {
        return ended;
    }

    /** Ends every part; an end that fails does not keep the others from ending. */
    @Override
    public void close() {
        ended = true;
        var waited = await();
        try {
            while (!isEmpty()) {
                end(pop());
            }
        } finally {
            if (waited) {
                starting.unlock();
            }
        }
    }

    private boolean await() {
        try {
            return starting.tryLock(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            fault.accept("a part did not end cleanly: " + e);
        }
    }
}
