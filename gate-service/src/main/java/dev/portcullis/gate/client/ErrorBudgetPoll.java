package dev.portcullis.gate.client;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reading of error budgets by every replica, in a thread of its own, so that nothing waits for it. A look every second finds what is due, also of a policy that has just changed. */
public final class ErrorBudgetPoll implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorBudgetPoll.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Runnable read;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("error-budgets").unstarted(this::run);

    /** @param read reads those that are due, and returns when that is done */
    public ErrorBudgetPoll(Runnable read) {
        this.read = read;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            read.run();
        } catch (RuntimeException e) {
            LOG.warn("error budgets could not be read and are with the next look", e);
        }
    }
}
