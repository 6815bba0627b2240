package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.LoadResult;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;

/** The table of all loads. Not thread-safe. */
final class LoadReport {
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
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
