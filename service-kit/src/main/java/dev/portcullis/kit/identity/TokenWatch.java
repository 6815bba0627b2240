package dev.portcullis.kit.identity;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import java.time.Duration;

/** Keeps what is known of tokens new while callers have to be known: hears of those that gate-service has made, and tells of those that will expire. */
public final class TokenWatch implements BackgroundWork {
    /** Twice in the five seconds within which a revoked token is refused everywhere. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private final CallerVerifier verifier;
    private final IssuedTokens tokens;
    private final TokenEnds ends;
    private final PeriodicWork looks;

    public TokenWatch(CallerVerifier verifier, IssuedTokens tokens, TokenEnds ends) {
        this(verifier, tokens, ends, EVERY);
    }

    TokenWatch(CallerVerifier verifier, IssuedTokens tokens, TokenEnds ends, Duration every) {
        this.verifier = verifier;
        this.tokens = tokens;
        this.ends = ends;
        this.looks = new PeriodicWork(Thread.ofPlatform().daemon().name("tokens"), every, this::look);
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop();
    }

    private void look() {
        if (verifier.isRequired()) {
            tokens.refresh();
            ends.look();
        }
    }
}
