package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.source.Access;
import dev.portcullis.analysis.source.AccessReader;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The kind {@code Scrape}. Thread-safe. */
public final class ScrapeKind implements SourceKind {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final String LEGAL = "an address such as http://127.0.0.1:9001/metrics, without user and fragment";
    /** Whoever looks for faults has more time than a poll. */
    private static final Duration PATIENT = Duration.ofSeconds(5);

    private static final String TARGETS = "targets";
    private static final String DISCOVERY = "httpServiceDiscovery";

    private record Definition(
            ScrapeProperties properties, TracedHttpClient http, Map<String, String> environment, InstantSource clock)
            implements SourceDefinition {
        @Override
        public String source() {
            return properties.source();
        }

        @Override
        public CounterSource open() {
            return new ScrapeSource(properties, http, environment, DEADLINE);
        }

        @Override
        public Optional<SourceInspection> inspection() {
            return Optional.of(new ScrapeInspection(properties, http, environment, PATIENT, clock));
        }
    }

    private final TracedHttpClient http;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /**
     * The kind.
     *
     * @param environment where secrets are looked for, as {@link System#getenv()}
     * @param clock tells when a page was read
     */
    public ScrapeKind(TracedHttpClient http, Map<String, String> environment, InstantSource clock) {
        this.http = http;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Scrape";
    }

    @Override
    public Optional<SourceDefinition> define(String source, YamlMapping connectionDetails, Faults faults) {
        connectionDetails.describe(TARGETS, "required without " + DISCOVERY, LEGAL);
        connectionDetails.describe(DISCOVERY, "required without " + TARGETS, LEGAL);
        List<String> texts = connectionDetails.texts(TARGETS);
        Optional<String> discovery = connectionDetails.optionalText(DISCOVERY);
        List<Target> targets = new ArrayList<>();
        for (String text : texts) {
            address(connectionDetails, TARGETS, text, Target::of).ifPresent(targets::add);
        }
        Optional<URI> uri = discovery.flatMap(
                text -> address(connectionDetails, DISCOVERY, text, address -> HttpAddress.parse(address, true)));
        Access access = new AccessReader(connectionDetails, YamlMapping::fault).read(overTls(targets, uri));
        connectionDetails.rejectUnknown();
        if (texts.isEmpty() && discovery.isEmpty()) {
            faults.add(
                    connectionDetails,
                    connectionDetails.path(TARGETS) + " is missing or empty; legal: a list of addresses such as"
                            + " http://127.0.0.1:9001/metrics, or " + DISCOVERY + ", or both");
            return Optional.empty();
        }
        return Optional.of(
                new Definition(new ScrapeProperties(source, targets, uri, access), http, environment, clock));
    }

    /** Whether any page is; a discovery may name such. */
    private static Optional<Boolean> overTls(List<Target> targets, Optional<URI> discovery) {
        return discovery.isPresent()
                ? Optional.empty()
                : Optional.of(targets.stream()
                        .anyMatch(target -> target.url().getScheme().equals("https")));
    }

    private static <T> Optional<T> address(YamlMapping details, String key, String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            details.fault(
                    key,
                    details.path(key) + " has '" + HttpAddress.shown(text) + "': " + e.getMessage() + "; legal: "
                            + LEGAL);
            return Optional.empty();
        }
    }
}
