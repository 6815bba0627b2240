package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.diagnosis.SourceInspection;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.http.TracedHttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The kind {@code Prometheus}, with the server of the service's own settings for indicators that name no DataSource. Thread-safe. */
public final class PrometheusKind implements SourceKind {
    /** Name of the source that the service's own settings give. */
    public static final String DEFAULT_SOURCE = "default-prometheus";

    private static final String URL_VARIABLE = "PORTCULLIS_PROMETHEUS_URL";
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    private record Definition(PrometheusProperties properties, TracedHttpClient http, Clock clock)
            implements SourceDefinition {
        @Override
        public String source() {
            return properties.source();
        }

        @Override
        public CounterSource open() {
            return new PrometheusSource(new PrometheusClient(properties, http), clock, DEADLINE);
        }

        @Override
        public Optional<SourceInspection> inspection() {
            String place = source().equals(DEFAULT_SOURCE) ? URL_VARIABLE : "connectionDetails of its DataSource";
            return Optional.of(new PrometheusInspection(new PrometheusClient(properties, http), clock, place));
        }

        @Override
        public boolean readsNativeHistograms() {
            return true;
        }
    }

    private final TracedHttpClient http;
    private final Clock clock;
    private final Optional<SourceDefinition> defaultSource;

    /**
     * The kind.
     *
     * @param defaultUrl the setting {@code portcullis.prometheus.url}; blank for no default source
     * @throws IllegalArgumentException when the address is none
     */
    public PrometheusKind(TracedHttpClient http, Clock clock, String defaultUrl) {
        this.http = http;
        this.clock = clock;
        this.defaultSource = defaultUrl.isBlank() ? Optional.empty() : Optional.of(defaultSource(defaultUrl.strip()));
    }

    private SourceDefinition defaultSource(String url) {
        try {
            return new Definition(PrometheusProperties.of(DEFAULT_SOURCE, url), http, clock);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "portcullis.prometheus.url is '" + url + "': " + e.getMessage() + "; legal: " + HttpAddress.LEGAL,
                    e);
        }
    }

    @Override
    public String name() {
        return "Prometheus";
    }

    @Override
    public Optional<SourceDefinition> define(String source, YamlMapping connectionDetails, Faults faults) {
        String url = connectionDetails.text("url");
        connectionDetails.rejectUnknown();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Definition(PrometheusProperties.of(source, url), http, clock));
        } catch (IllegalArgumentException e) {
            String message = connectionDetails.path("url") + " is '" + url + "': " + e.getMessage();
            connectionDetails.fault("url", message + "; legal: " + HttpAddress.LEGAL);
            return Optional.empty();
        }
    }

    @Override
    public Optional<SourceDefinition> defaultSource() {
        return defaultSource;
    }
}
