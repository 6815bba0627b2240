package dev.portcullis.kit.identity;

import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.identity.CallRefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The tokens that gate-service has made, as this service last heard of them. While it cannot hear of them those it knows go on for {@link #KNOWN_FOR}, and what it does not
 * know is refused. Thread-safe.
 */
public final class IssuedTokens {
    /** How long tokens are good of which nothing newer can be heard: a revocation that cannot get here takes so long at most. */
    static final Duration KNOWN_FOR = Duration.ofHours(1);

    /** Services that start together do not hear each other at once, and that is no fault. */
    static final Duration STARTING = Duration.ofSeconds(30);

    /** More than are in use anywhere; whoever makes up tokens adds none, since only good ones are noted. */
    private static final int MOST_USES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(IssuedTokens.class);

    private record Known(Map<String, Token> tokens, long read) {}

    private final TokenSource source;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final long began;
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;

    public IssuedTokens(TokenSource source, InstantSource clock, LongSupplier nanoTime) {
        this.source = source;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /** Where no service makes any. */
    public static IssuedTokens none() {
        var none = new IssuedTokens(uses -> List.of(), InstantSource.system(), () -> 0);
        none.refresh();
        return none;
    }

    /**
     * The token of a digest; empty when there is none, or it was revoked. One that has expired may still be found.
     *
     * @throws CallRefusedException when that cannot be told, since nothing was heard for too long
     */
    Optional<Token> find(String sha256) throws CallRefusedException {
        var now = known;
        if (now == null || nanoTime.getAsLong() - now.read() >= KNOWN_FOR.toNanos()) {
            throw new CallRefusedException(
                    Reason.ISSUER_UNAVAILABLE,
                    "the credentials cannot be verified: the tokens that gate-service has made cannot be had just now");
        }
        var found = Optional.ofNullable(now.tokens().get(sha256));
        if (found.isPresent() && uses.size() < MOST_USES) {
            uses.put(sha256, clock.instant().truncatedTo(ChronoUnit.HOURS));
        }
        return found;
    }

    /** Those that are known now, in no order; none before any were heard of. */
    public Collection<Token> all() {
        var now = known;
        return now == null ? List.of() : now.tokens().values();
    }

    /** Hears of them now, and tells which were used. When that fails those that are known stay, and the uses are told the next time. */
    public void refresh() {
        reading.lock();
        try {
            var asked = nanoTime.getAsLong();
            var told = Map.copyOf(uses);
            var tokens = source.good(told);
            told.forEach(uses::remove);
            // As old as the question: what changed while it was answered may be missing.
            known = new Known(
                    tokens.stream().collect(Collectors.toMap(Token::sha256, Function.identity(), (one, other) -> one)),
                    asked);
        } catch (RuntimeException e) {
            LOG.atLevel(isStarting() ? Level.DEBUG : Level.WARN)
                    .log(
                            "the tokens that gate-service has made cannot be had: {}; those that are known are used"
                                    + " for {} h at most",
                            e.getMessage(),
                            KNOWN_FOR.toHours());
        } finally {
            reading.unlock();
        }
    }

    private boolean isStarting() {
        return known == null && nanoTime.getAsLong() - began < STARTING.toNanos();
    }
}
