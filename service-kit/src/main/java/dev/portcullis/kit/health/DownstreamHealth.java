package dev.portcullis.kit.health;

import dev.portcullis.kit.client.Breakers;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * What this service calls, as its latest calls saw it: the other services, metric sources, targets. Nobody is asked for it, and one that was not called yet is
 * shown as reachable. Thread-safe.
 */
@Singleton
final class DownstreamHealth implements HealthIndicator {
    private final Breakers breakers;

    DownstreamHealth(Breakers breakers) {
        this.breakers = breakers;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var seen = breakers.seen();
        var away = seen.values().stream().anyMatch(one -> !one.reachable());
        return Publishers.just(HealthResult.builder("downstreams")
                .status(Degraded.when(away))
                .details(seen)
                .build());
    }
}
