package dev.portcullis.kit.health;

import dev.portcullis.kit.identity.TokenEnds;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Whose static tokens expire soon. No reason to be DEGRADED: everything works until then, and short lives are a choice. Thread-safe. */
@Singleton
final class TokensHealth implements HealthIndicator {
    private final TokenEnds ends;

    TokensHealth(TokenEnds ends) {
        this.ends = ends;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder("tokens")
                .status(HealthStatus.UP)
                .details(Map.of("expiring", ends.soon()))
                .build());
    }
}
