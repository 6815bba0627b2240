package dev.portcullis.kit.health;

import dev.portcullis.kit.audit.store.AuditBacklog;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Whether gate-service, where there is one, fetches what this service has to tell the audit log. Thread-safe. */
@Singleton
@Requires(beans = AuditBacklog.class)
final class AuditOutboxHealth implements HealthIndicator {
    /** It is fetched every second. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final AuditBacklog backlog;

    AuditOutboxHealth(AuditBacklog backlog) {
        this.backlog = backlog;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var details = backlog.latest()
                .map(seen -> Map.<String, Object>of(
                        "waitingEntries",
                        seen.entries(),
                        "oldestSeconds",
                        seen.age().toSeconds()))
                .orElse(Map.of());
        var late = backlog.latest()
                .filter(seen -> seen.fetched() && seen.age().compareTo(LONGEST_WAIT) > 0)
                .isPresent();
        return Publishers.just(HealthResult.builder("audit")
                .status(Degraded.when(late))
                .details(details)
                .build());
    }
}
