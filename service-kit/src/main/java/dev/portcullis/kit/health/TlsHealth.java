package dev.portcullis.kit.health;

import dev.portcullis.kit.tls.ServiceTls;
import dev.portcullis.kit.tls.WatchedFiles;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;

/** Whether the certificates in use are still good, and whether renewed ones could not be used. Thread-safe. */
@Singleton
final class TlsHealth implements HealthIndicator {
    private final ServiceTls tls;
    private final Clock clock;

    TlsHealth(ServiceTls tls, Clock clock) {
        this.tls = tls;
        this.clock = clock;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var files = new TreeMap<String, Object>();
        tls.files().forEach(watched -> files.put(watched.file().toString(), detail(watched)));
        return Publishers.just(HealthResult.builder("tls")
                .status(Degraded.when(tls.files().stream().anyMatch(this::isBad)))
                .details(Map.of("on", tls.isOn(), "files", files))
                .build());
    }

    private boolean isBad(WatchedFiles watched) {
        return watched.fault().isPresent() || !clock.instant().isBefore(watched.end());
    }

    private static Map<String, Object> detail(WatchedFiles watched) {
        return Map.of(
                "notAfter", watched.end().toString(), "fault", watched.fault().orElse(""));
    }
}
