package dev.portcullis.kit.health;

import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Whether a change of the configuration folder was refused, and which content is in use, as {@code portcullis_configuration_*}. Thread-safe. */
@Singleton
final class ConfigurationMeters implements BackgroundWork {
    /** So many digits of a generation are a number that a metric carries exactly. */
    private static final int EXACT_HEX_DIGITS = 12;

    private static final int HEX = 16;

    private final List<LiveConfiguration<?>> configurations;
    private final MeterRegistry meters;

    ConfigurationMeters(List<LiveConfiguration<?>> configurations, MeterRegistry meters) {
        this.configurations = configurations;
        this.meters = meters;
    }

    @Override
    public void start() {
        for (var configuration : configurations) {
            Gauge.builder("portcullis.configuration.refused", configuration, ConfigurationMeters::refused)
                    .description(
                            "1 while the present content of the configuration folder is refused and an earlier one is in use, else 0")
                    .register(meters);
            Gauge.builder("portcullis.configuration.hash", configuration, ConfigurationMeters::hash)
                    .description(
                            "The content of the configuration folder in use, as a number: equal in services that use the same")
                    .register(meters);
        }
    }

    private static double refused(LiveConfiguration<?> configuration) {
        return configuration.lastFaults().isEmpty() ? 0 : 1;
    }

    private static double hash(LiveConfiguration<?> configuration) {
        return Long.parseLong(configuration.generation().substring(0, EXACT_HEX_DIGITS), HEX);
    }

    @Override
    public void stop() {}
}
