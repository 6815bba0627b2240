package dev.portcullis.kit.identity;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import java.time.Duration;

/** Keeps what is known of tokens new while callers have to be known: hears of those that gate-service has made, and tells of those that will expire. */
public final class TokenWatch implements BackgroundWork {
    /** Twice in the five seconds within which a revoked token is refused everywhere. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private final CallerVerifier verifier;
    private final IssuedTokens tokens;
    private final TokenEnds ends;
    private final Thread thread = Thread.ofPlatform().daemon().name("tokens").unstarted(this::run);
    private volatile boolean stopped;

    public TokenWatch(CallerVerifier verifier, IssuedTokens tokens, TokenEnds ends) {
        this.verifier = verifier;
        this.tokens = tokens;
        this.ends = ends;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!stopped) {
                if (verifier.isRequired()) {
                    tokens.refresh();
                    ends.look();
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
