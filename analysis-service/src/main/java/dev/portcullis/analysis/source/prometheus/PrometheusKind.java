package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.http.TracedHttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The kind {@code Prometheus}, with the server of the service's own settings for indicators that name no DataSource. Thread-safe. */
public final class PrometheusKind implements SourceKind {
    /** Name of the source that the service's own settings give. */
    public static final String DEFAULT_SOURCE = "default-prometheus";

    /** A whole period is many samples, and nobody waits for them in a rollout. */
    private static final Duration OF_THE_PAST = Duration.ofSeconds(8);

    private static final String URL_VARIABLE = "PORTCULLIS_PROMETHEUS_URL";

    private record Definition(PrometheusProperties properties, PrometheusKind kind) implements SourceDefinition {
        @Override
        public String source() {
            return properties.source();
        }

        @Override
        public CounterSource open() {
            return new PrometheusSource(
                    client(), kind.clock, properties.limits().timeout());
        }

        private PrometheusClient client() {
            return new PrometheusClient(properties, kind.http, kind.environment);
        }

        @Override
        public Optional<BadRatioHistory> openHistory() {
            // A circuit breaker of its own: slow looks at the past must not keep a canary from being measured.
            var client = new PrometheusClient(properties.apart("history"), kind.http, kind.environment);
            return Optional.of(new PrometheusHistory(client, kind.clock, OF_THE_PAST));
        }

        @Override
        public Optional<SourceInspection> inspection() {
            String place = source().equals(DEFAULT_SOURCE) ? URL_VARIABLE : "connectionDetails of its DataSource";
            return Optional.of(new PrometheusInspection(client(), kind.clock, place));
        }

        @Override
        public boolean readsNativeHistograms() {
            return true;
        }
    }

    private final TracedHttpClient http;
    private final Clock clock;
    private final Map<String, String> environment;
    private final Optional<SourceDefinition> defaultSource;

    /**
     * The kind.
     *
     * @param environment where secrets are looked for, as {@link System#getenv()}
     * @param defaultUrl the setting {@code portcullis.prometheus.url}; blank for no default source
     * @throws IllegalArgumentException when the address is none
     */
    public PrometheusKind(TracedHttpClient http, Clock clock, Map<String, String> environment, String defaultUrl) {
        this.http = http;
        this.clock = clock;
        this.environment = environment;
        this.defaultSource = defaultUrl.isBlank() ? Optional.empty() : Optional.of(defaultSource(defaultUrl.strip()));
    }

    private SourceDefinition defaultSource(String url) {
        try {
            return new Definition(PrometheusProperties.of(DEFAULT_SOURCE, url), this);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "portcullis.prometheus.url is '" + HttpAddress.shown(url) + "': " + e.getMessage() + "; legal: "
                            + HttpAddress.LEGAL,
                    e);
        }
    }

    @Override
    public String name() {
        return "Prometheus";
    }

    @Override
    public Optional<SourceDefinition> define(String source, YamlMapping connectionDetails, Faults faults) {
        return new ConnectionReader(connectionDetails).read(source).map(properties -> new Definition(properties, this));
    }

    @Override
    public Optional<SourceDefinition> defaultSource() {
        return defaultSource;
    }
}
