package dev.portcullis.analysis.source;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.slo.Objective;
import java.time.Instant;
import java.util.List;

/** Readings of one analysis alone, of the present by whatever clock the source has. */
public final class Readings {
    private static final Instant NOW = Instant.parse("9999-12-31T00:00:00Z");

    private Readings() {}

    /** What each selector gives, in order. */
    public static List<SourceReading> of(CounterSource source, List<Selector> selectors, Arms arms) {
        return source.read(
                selectors.stream()
                        .map(selector -> new SeriesQuery(selector, arms))
                        .toList(),
                NOW);
    }

    /** What one selector gives. */
    public static SourceReading of(CounterSource source, Selector selector, Arms arms) {
        return of(source, List.of(selector), arms).getFirst();
    }

    /** What the objectives' counters are. */
    public static CounterReading of(CounterReader reader, List<Objective> objectives, Arms arms) {
        return reader.read(List.of(new ReadRequest(objectives, arms)), NOW).getFirst();
    }
}
