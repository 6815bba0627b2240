package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.LoadResult;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of all loads, and below it what part of the bare endpoint's answers a second the gate gives under each. Not thread-safe. */
final class LoadReport {
    private static final double PERCENT = 100;

    private final MarkdownTable table = new MarkdownTable(List.of(
            "endpoint",
            "load",
            "round",
            "answers/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "errors",
            "answer bytes"));

    /** Answers a second in all rounds together, by load and endpoint. */
    private final Map<String, Map<String, Double>> rates = new LinkedHashMap<>();

    /** @param load e.g. "32 clients" or "1000 a second" */
    void add(Endpoint endpoint, String load, int round, LoadResult result) {
        table.add(List.of(
                endpoint.name(),
                load,
                Integer.toString(round),
                String.format(Locale.ROOT, "%.0f", result.answersPerSecond()),
                millis(result.millisAt(50)),
                millis(result.millisAt(99)),
                millis(result.millisAt(99.9)),
                millis(result.longestMillis()),
                Long.toString(result.errors()),
                Integer.toString(endpoint.answerBytes())));
        rates.computeIfAbsent(load, key -> new LinkedHashMap<>())
                .merge(endpoint.name(), result.answersPerSecond(), Double::sum);
    }

    private String share(String load, Map<String, Double> rate) {
        var gate = rate.getOrDefault(Endpoint.GATE, 0.0);
        var bare = rate.getOrDefault(Endpoint.BARE, 0.0);
        return gate > 0 && bare > 0
                ? String.format(
                        Locale.ROOT,
                        "\n* %s: %s gives %.0f %% of the answers of %s",
                        load,
                        Endpoint.GATE,
                        PERCENT * gate / bare,
                        Endpoint.BARE)
                : "";
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(table.toString()).append('\n');
        rates.forEach((load, rate) -> text.append(share(load, rate)));
        return text.toString();
    }
}
