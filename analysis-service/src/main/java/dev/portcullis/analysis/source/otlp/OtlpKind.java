package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The kind {@code OTLP}. Thread-safe. */
public final class OtlpKind implements SourceKind {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_SERIES = 1_000_000;

    private record Definition(OtlpProperties properties, OtlpDispatcher dispatcher, Clock clock)
            implements SourceDefinition {
        @Override
        public String source() {
            return properties.source();
        }

        @Override
        public CounterSource open() {
            var source = new OtlpSource(properties, clock);
            dispatcher.add(source);
            return source;
        }

        @Override
        public Selector selector(String query) {
            return NameTranslation.of(Selector.parse(query));
        }

        @Override
        public boolean readsNativeHistograms() {
            return true;
        }
    }

    private final OtlpDispatcher dispatcher;
    private final Clock clock;

    /** @param dispatcher where the receiver puts what it gets */
    public OtlpKind(OtlpDispatcher dispatcher, Clock clock) {
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "OTLP";
    }

    @Override
    public String serviceLabel() {
        return "service_name";
    }

    @Override
    public Optional<SourceDefinition> define(String source, YamlMapping connectionDetails, Faults faults) {
        Duration staleAfter =
                connectionDetails.duration("staleAfter", OtlpProperties.USUAL_STALE_AFTER, SHORTEST, LONGEST);
        int maxSeries = connectionDetails.wholeNumber("maxSeries", OtlpProperties.USUAL_MAX_SERIES, 1, MOST_SERIES);
        connectionDetails.rejectUnknown();
        return Optional.of(new Definition(new OtlpProperties(source, staleAfter, maxSeries), dispatcher, clock));
    }
}
