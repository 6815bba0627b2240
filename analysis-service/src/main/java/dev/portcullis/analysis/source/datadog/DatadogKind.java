package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.Selector;
import dev.portcullis.analysis.source.HttpAddress;
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
            var client = new DatadogClient(properties, kind.http, kind.environment, DEADLINE);
            return new DatadogSource(properties, client, kind.clock, DEADLINE);
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
        Optional<KeyPlace> apiKey = key(connectionDetails, "apiKey");
        Optional<KeyPlace> applicationKey = key(connectionDetails, "applicationKey");
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
                    details.path("url") + " is '" + url + "': " + e.getMessage() + "; legal: " + HttpAddress.LEGAL);
            return Optional.empty();
        }
    }

    private static Optional<KeyPlace> key(YamlMapping details, String key) {
        details.describe(key + "Env", "required without " + key + "File", "");
        details.describe(key + "File", "required without " + key + "Env", "");
        Optional<String> variable = details.optionalText(key + "Env");
        Optional<String> file = details.optionalText(key + "File");
        if (variable.isPresent() == file.isPresent()) {
            details.fault(
                    key + (variable.isPresent() ? "File" : "Env"),
                    details.path(key + "Env") + " and " + key + "File are " + (file.isPresent() ? "both" : "not")
                            + " given; legal: one of them, which names the place of the key, never the key itself");
            return Optional.empty();
        }
        return variable.map(name -> new KeyPlace(false, name)).or(() -> file.map(path -> new KeyPlace(true, path)));
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
