package dev.portcullis.kit.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micronaut.core.annotation.Introspected;

/**
 * What the latest calls to a downstream say of it.
 *
 * @param reachable false when its circuit breaker refuses calls, or every call counted failed
 * @param breaker state of its circuit breaker, e.g. CLOSED
 * @param calls how many of its latest calls are counted, 0 to 20
 * @param failed how many of them failed
 */
@Introspected
public record Reachability(boolean reachable, String breaker, int calls, int failed) {
    static Reachability of(CircuitBreaker breaker) {
        var counted = breaker.getMetrics();
        var calls = counted.getNumberOfBufferedCalls();
        var failed = counted.getNumberOfFailedCalls();
        var lets = breaker.getState() == CircuitBreaker.State.CLOSED;
        return new Reachability(
                lets && (calls == 0 || failed < calls), breaker.getState().name(), calls, failed);
    }
}
