package dev.portcullis.kit.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done at once and again and again, with a pause after each time, on a thread of its own. A fault is logged and ends nothing: the next time comes after
 * the same pause.
 */
public final class PeriodicWork implements BackgroundWork {
    /** How long the end waits for work under way. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicWork.class);

    private final Duration pause;
    private final Runnable work;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Begins when it is started.
     *
     * @param thread of which kind the thread is, and its name
     * @param pause from the end of the work to its next beginning
     */
    public PeriodicWork(Thread.Builder thread, Duration pause, Runnable work) {
        this.pause = pause;
        this.work = work;
        this.thread = thread.unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Waits up to a second for work under way, and interrupts nothing: an interrupt would close the connection that the work uses. */
    @Override
    public void stop() {
        stopped.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                attempt();
            } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed, and is tried again after {}", thread.getName(), pause, e);
        }
    }
}
