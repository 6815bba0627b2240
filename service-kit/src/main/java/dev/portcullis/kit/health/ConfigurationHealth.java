package dev.portcullis.kit.health;

import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Whether a change of the configuration folder was refused, with its faults, which content is in use, and the sections of which services were read. Thread-safe. */
@Singleton
final class ConfigurationHealth implements HealthIndicator {
    private final List<LiveConfiguration<?>> configurations;
    private final List<String> readers;

    /** @param configurations one, or none in a service that reads no folder */
    ConfigurationHealth(List<LiveConfiguration<?>> configurations, SectionReaders readers) {
        this.configurations = configurations;
        this.readers = readers.services();
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var faults = configurations.stream()
                .flatMap(configuration -> configuration.lastFaults().stream())
                .toList();
        return Publishers.just(HealthResult.builder("configuration")
                .status(Degraded.when(!faults.isEmpty()))
                .details(Map.of(
                        "generation",
                        configurations.stream()
                                .map(LiveConfiguration::generation)
                                .findFirst()
                                .orElse(""),
                        "readers",
                        readers,
                        "refused",
                        !faults.isEmpty(),
                        "faults",
                        faults.stream().map(Fault::toString).toList()))
                .build());
    }
}
