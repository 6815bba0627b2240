package dev.portcullis.kit.tls;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for renewed certificates at an interval, on a thread of its own. */
public final class TlsWatch implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

    private final ServiceTls tls;
    private final Duration every;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param every a look, at most 30 s, so that a content that is told at the second one is told within a minute */
    public TlsWatch(ServiceTls tls, Duration every) {
        this.tls = tls;
        this.every = every;
    }

    @Override
    public void start() {
        if (!tls.files().isEmpty()) {
            Thread.ofVirtual().name("tls-watch").start(this::lookUntilEnded);
        }
    }

    private void lookUntilEnded() {
        try {
            while (!ended.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            tls.look();
        } catch (RuntimeException e) {
            LOG.error("The files of TLS could not be looked at; tried again in {} s", every.toSeconds(), e);
        }
    }

    @Override
    public void stop() {
        ended.countDown();
    }
}
