package dev.portcullis.kit.identity;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is known of tokens new while callers have to be known: hears of those that gate-service has made, and tells of those that will expire. */
public final class TokenWatch implements BackgroundWork {
    /** Twice in the five seconds within which a revoked token is refused everywhere. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);

    private final CallerVerifier verifier;
    private final IssuedTokens tokens;
    private final TokenEnds ends;
    private final Duration every;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("tokens").unstarted(this::run);

    public TokenWatch(CallerVerifier verifier, IssuedTokens tokens, TokenEnds ends) {
        this(verifier, tokens, ends, EVERY);
    }

    TokenWatch(CallerVerifier verifier, IssuedTokens tokens, TokenEnds ends, Duration every) {
        this.verifier = verifier;
        this.tokens = tokens;
        this.ends = ends;
        this.every = every;
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
            } while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault ends no watch: a token that is revoked after it has to be heard of. */
    private void look() {
        try {
            if (verifier.isRequired()) {
                tokens.refresh();
                ends.look();
            }
        } catch (RuntimeException e) {
            LOG.warn("it cannot be told which tokens will expire", e);
        }
    }
}
