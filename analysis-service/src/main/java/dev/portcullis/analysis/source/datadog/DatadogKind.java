package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.analysis.source.SecretPlace;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kind {@code Datadog}. Thread-safe. */
public final class DatadogKind implements SourceKind {
    private static final Duration DEADLINE = Duration.ofMillis(1500);
    private static final String LEGAL_TAG = "the key of a tag, of letters, digits and underscores";
    private static final Pattern TAG = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private record Definition(DatadogProperties properties, DatadogKind kind) implements SourceDefinition {
        @Override
        public String source() {
            return properties.source();
        }

        @Override
        public CounterSource open() {
            return new DatadogSource(properties, client(), kind.clock, DEADLINE);
        }

        @Override
        public Optional<SourceInspection> inspection() {
            return Optional.of(new DatadogInspection(client(), kind.clock));
        }

        private DatadogClient client() {
            return new DatadogClient(properties, kind.http, kind.environment, DEADLINE);
        }

        @Override
        public Selector selector(String query) {
            return DatadogQuery.parse(query);
        }

        @Override
        public boolean speaksPromQl() {
            return false;
        }

        @Override
        public boolean readsHistograms() {
            return false;
        }
    }

    private final TracedHttpClient http;
    private final Clock clock;
    private final Map<String, String> environment;

    /** @param environment where keys are looked for, as {@link System#getenv()} */
    public DatadogKind(TracedHttpClient http, Clock clock, Map<String, String> environment) {
        this.http = http;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "Datadog";
    }

    @Override
    public Optional<SourceDefinition> define(String source, YamlMapping connectionDetails, Faults faults) {
        Optional<URI> url = url(connectionDetails);
        Optional<SecretPlace> apiKey = SecretPlace.required(connectionDetails, "apiKey", "key");
        Optional<SecretPlace> applicationKey = SecretPlace.required(connectionDetails, "applicationKey", "key");
        Optional<String> podTag = podTag(connectionDetails);
        connectionDetails.rejectUnknown();
        if (url.isEmpty() || apiKey.isEmpty() || applicationKey.isEmpty() || podTag.isEmpty()) {
            return Optional.empty();
        }
        var properties = new DatadogProperties(source, url.get(), apiKey.get(), applicationKey.get(), podTag.get());
        return Optional.of(new Definition(properties, this));
    }

    private static Optional<URI> url(YamlMapping details) {
        details.describe("url", "", HttpAddress.LEGAL);
        String url = details.text("url", DatadogProperties.USUAL_URL);
        try {
            return Optional.of(HttpAddress.parse(url, false));
        } catch (IllegalArgumentException e) {
            details.fault(
                    "url",
                    details.path("url") + " is '" + HttpAddress.shown(url) + "': " + e.getMessage() + "; legal: "
                            + HttpAddress.LEGAL);
            return Optional.empty();
        }
    }

    private static Optional<String> podTag(YamlMapping details) {
        details.describe("podTag", "", LEGAL_TAG);
        String tag = details.text("podTag", DatadogProperties.USUAL_POD_TAG);
        if (!TAG.matcher(tag).matches()) {
            details.fault("podTag", details.path("podTag") + " is '" + tag + "'; legal: " + LEGAL_TAG);
            return Optional.empty();
        }
        return Optional.of(tag);
    }
}
