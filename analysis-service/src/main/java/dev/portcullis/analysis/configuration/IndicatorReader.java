package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.metric.Selector;
import dev.portcullis.analysis.metric.SelectorException;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Optional;

/** Reads a {@code ratioMetric}: two queries for counters in one source. */
final class IndicatorReader {
    /** A query that is a legal selector, and where it is sent. */
    private record Counter(String source, String query) {}

    private final DeclaredSources sources;

    IndicatorReader(DeclaredSources sources) {
        this.sources = sources;
    }

    /** The indicator; empty after a fault. */
    Optional<RatioIndicator> read(YamlMapping ratio) {
        checkCounter(ratio);
        boolean good = ratio.has("good");
        if (good == ratio.has("bad")) {
            String found = good ? "good and bad are both" : "neither good nor bad is";
            ratio.fault("good", ratio.path("good") + ": " + found + " given; legal: one of them, beside total");
            ratio.leaveAlone("total");
            return Optional.empty();
        }
        String key = good ? "good" : "bad";
        Optional<Counter> part = counter(ratio, key);
        Optional<Counter> total = counter(ratio, "total");
        if (part.isEmpty() || total.isEmpty() || !fit(ratio, key, part.get(), total.get())) {
            return Optional.empty();
        }
        String query = part.get().query();
        return Optional.of(new RatioIndicator(
                part.get().source(),
                good ? query : null,
                good ? null : query,
                total.get().query()));
    }

    private static void checkCounter(YamlMapping ratio) {
        boolean present = ratio.has("counter");
        Optional<Boolean> counter = ratio.flag("counter");
        if (!present || (counter.isPresent() && !counter.get())) {
            String found = present ? "false" : "missing";
            ratio.fault(
                    "counter",
                    ratio.path("counter") + " is " + found + "; legal: true, since only counters are folded");
        }
    }

    private Optional<Counter> counter(YamlMapping ratio, String key) {
        YamlMapping part = ratio.requiredMapping(key);
        YamlMapping metricSource = part.requiredMapping("metricSource");
        YamlMapping spec = metricSource.requiredMapping("spec");
        Optional<String> source = metricSource.has("spec") ? sources.resolve(metricSource) : Optional.empty();
        Optional<String> query = query(spec);
        spec.rejectUnknown();
        metricSource.leaveAlone("type", "metricSourceRef");
        metricSource.rejectUnknown();
        part.rejectUnknown();
        return source.flatMap(name -> query.map(text -> new Counter(name, text)));
    }

    private static Optional<String> query(YamlMapping spec) {
        String query = spec.text("query");
        if (query.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Selector.parse(query).render());
        } catch (SelectorException e) {
            spec.fault("query", spec.path("query") + " is '" + query + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean fit(YamlMapping ratio, String key, Counter part, Counter total) {
        if (!part.source().equals(total.source())) {
            ratio.fault(
                    key,
                    ratio.path(key) + " is read from '" + part.source() + "' and total from '" + total.source()
                            + "'; legal: both from one source, since they are compared request by request");
            return false;
        }
        if (part.query().equals(total.query())) {
            ratio.fault(
                    key,
                    ratio.path(key) + " and total are the same query: " + part.query() + "; legal: " + key
                            + " selects a part of total");
            return false;
        }
        return true;
    }
}
