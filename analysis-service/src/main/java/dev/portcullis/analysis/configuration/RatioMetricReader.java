package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Optional;

/** Reads a {@code ratioMetric}: two queries for counters in one source. */
final class RatioMetricReader {
    private final MetricQueryReader queries;

    RatioMetricReader(DeclaredSources sources) {
        this.queries = new MetricQueryReader(sources);
    }

    /** The indicator; empty after a fault. */
    Optional<RatioIndicator> read(YamlMapping ratio) {
        ratio.describe("good", "required without bad", "");
        ratio.describe("bad", "required without good", "");
        if (ratio.has("raw") || ratio.has("rawType")) {
            return precomputed(ratio);
        }
        checkCounter(ratio);
        Optional<RatioIndicator> indicator = ratio.has("good") == ratio.has("bad") ? unclear(ratio) : counters(ratio);
        ratio.rejectUnknown();
        return indicator;
    }

    private static Optional<RatioIndicator> precomputed(YamlMapping ratio) {
        String key = ratio.has("raw") ? "raw" : "rawType";
        ratio.fault(
                key,
                ratio.path(key)
                        + " is given, but a ratio that was computed beforehand has no counts to judge by; legal:"
                        + " counter: true with good or bad, and total");
        ratio.leaveAlone("raw", "rawType", "counter", "good", "bad", "total");
        ratio.rejectUnknown();
        return Optional.empty();
    }

    private static Optional<RatioIndicator> unclear(YamlMapping ratio) {
        String found = ratio.has("good") ? "good and bad are both" : "neither good nor bad is";
        ratio.fault("good", ratio.path("good") + ": " + found + " given; legal: one of them, beside total");
        ratio.leaveAlone("total");
        return Optional.empty();
    }

    private Optional<RatioIndicator> counters(YamlMapping ratio) {
        String key = ratio.has("good") ? "good" : "bad";
        Optional<MetricQuery> part = queries.read(ratio.requiredMapping(key));
        Optional<MetricQuery> total = queries.read(ratio.requiredMapping("total"));
        if (part.isEmpty() || total.isEmpty() || !fit(ratio, key, part.get(), total.get())) {
            return Optional.empty();
        }
        Selector query = part.get().selector();
        return Optional.of(new RatioIndicator(
                part.get().source(),
                key.equals("good") ? query : null,
                key.equals("good") ? null : query,
                total.get().selector()));
    }

    private static void checkCounter(YamlMapping ratio) {
        ratio.describe("counter", KeyDescription.REQUIRED, "true");
        boolean present = ratio.has("counter");
        Optional<Boolean> counter = ratio.flag("counter");
        if (!present || (counter.isPresent() && !counter.get())) {
            String found = present ? "false" : "missing";
            ratio.fault(
                    "counter",
                    ratio.path("counter") + " is " + found + "; legal: true, since only counters are folded");
        }
    }

    private static boolean fit(YamlMapping ratio, String key, MetricQuery part, MetricQuery total) {
        if (!part.source().equals(total.source())) {
            ratio.fault(
                    key,
                    ratio.path(key) + " is read from '" + part.source() + "' and total from '" + total.source()
                            + "'; legal: both from one source, since they are compared request by request");
            return false;
        }
        if (part.text().equals(total.text())) {
            ratio.fault(
                    key,
                    ratio.path(key) + " and total are the same query: " + part.text() + "; legal: " + key
                            + " selects a part of total");
            return false;
        }
        return true;
    }
}
