package dev.portcullis.kit.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breakers of one service, one per downstream, shown in /prometheus as {@code resilience4j_circuitbreaker_*}.
 *
 * <p>A breaker opens when at least half of the last 20 calls failed (and at least 5 were made), refuses calls for 2 s, then lets 3 through to see. Thread-safe.
 */
public final class Breakers {
    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private static final Duration OPEN_FOR = Duration.ofSeconds(2);

    private final CircuitBreakerRegistry registry;

    public Breakers(MeterRegistry meters) {
        this.registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(20)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(3)
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
    }

    /** The breaker of a downstream, made at the first call. */
    public CircuitBreaker of(String downstream) {
        return registry.find(downstream).orElseGet(() -> create(downstream));
    }

    /** What the latest calls say of every downstream there is a breaker of, by its name. */
    public SortedMap<String, Reachability> seen() {
        var seen = new TreeMap<String, Reachability>();
        registry.getAllCircuitBreakers().forEach(breaker -> seen.put(breaker.getName(), Reachability.of(breaker)));
        return seen;
    }

    /** Drops the breaker of a downstream that is no more, and its metrics; one that comes back begins anew. */
    public void forget(String downstream) {
        registry.remove(downstream);
    }

    private synchronized CircuitBreaker create(String downstream) {
        var known = registry.find(downstream);
        if (known.isPresent()) {
            return known.get();
        }
        var breaker = registry.circuitBreaker(downstream);
        breaker.getEventPublisher()
                .onStateTransition(
                        event -> tell(downstream, event.getStateTransition().getToState()));
        return breaker;
    }

    private static void tell(String downstream, CircuitBreaker.State state) {
        switch (state) {
            case OPEN ->
                LOG.warn(
                        "circuit breaker '{}' is open: most of the last calls failed; the next is made after {} s",
                        downstream,
                        OPEN_FOR.toSeconds());
            case CLOSED -> LOG.info("circuit breaker '{}' is closed: calls succeed again", downstream);
            default -> LOG.debug("circuit breaker '{}' is {}", downstream, state);
        }
    }
}
