package dev.portcullis.kit.identity;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many calls a caller may make in a second, so that one cannot take the service from all others. A caller who is known counts by himself, wherever he calls from;
 * calls with credentials that prove nothing count by the address they come from. The two take nothing from each other: behind a proxy all have one address. The other
 * services of Portcullis are not limited, nor is anybody where no caller has to be known, since only this machine can call then. Thread-safe.
 */
public final class CallRates {
    /** What {@code mostPerSecond} is for no limit. */
    public static final int UNLIMITED = 0;
    /** When a caller may call again. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CallRates.class);
    /** Callers remembered, and as many addresses; one more takes the place of whoever has called least lately. */
    private static final int REMEMBERED = 10_000;

    private final int mostPerSecond;
    private final RateLimiterConfig config;
    private final Map<String, RateLimiter> callers = new Remembered();
    private final Map<String, RateLimiter> addresses = new Remembered();

    /** @param mostPerSecond of one caller, {@value #UNLIMITED} for any number */
    public CallRates(int mostPerSecond) {
        this.mostPerSecond = mostPerSecond;
        this.config = RateLimiterConfig.custom()
                .limitForPeriod(Math.max(1, mostPerSecond))
                .limitRefreshPeriod(PAUSE)
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /**
     * Counts a call of a caller.
     *
     * @throws CallRefusedException when it is one too many, by TOO_MANY_CALLS
     */
    public void count(Caller caller) throws CallRefusedException {
        switch (caller.kind()) {
            case LOCAL, PEER -> {}
            default -> count(callers, caller.issuer() + " " + caller.subject(), caller.name());
        }
    }

    /**
     * Counts a call that is refused for its credentials.
     *
     * @param address where it comes from
     * @throws CallRefusedException when it is one too many, by TOO_MANY_CALLS
     */
    public void countRefused(String address) throws CallRefusedException {
        count(addresses, address, address);
    }

    private void count(Map<String, RateLimiter> limiters, String key, String shown) throws CallRefusedException {
        if (mostPerSecond != UNLIMITED && !limiter(limiters, key).acquirePermission()) {
            LOG.warn(
                    "'{}' makes more than {} calls in a second (PORTCULLIS_CALL_RATE); those above are not served",
                    shown,
                    mostPerSecond);
            throw new CallRefusedException(CallRefusedException.Reason.TOO_MANY_CALLS, refusal());
        }
    }

    private String refusal() {
        return "there are more than " + mostPerSecond
                + " calls of this caller in a second, the most that are served; call again in a second, or raise PORTCULLIS_CALL_RATE";
    }

    private RateLimiter limiter(Map<String, RateLimiter> limiters, String key) {
        synchronized (limiters) {
            return limiters.computeIfAbsent(key, name -> RateLimiter.of(name, config));
        }
    }

    private static final class Remembered extends LinkedHashMap<String, RateLimiter> {
        private static final long serialVersionUID = 1L;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
            return size() > REMEMBERED;
        }
    }
}
