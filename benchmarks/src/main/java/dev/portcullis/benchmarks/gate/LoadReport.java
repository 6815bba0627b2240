package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.LoadResult;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The table of all loads, and below it which kinds of answers there were. Not thread-safe. */
final class LoadReport {
    private final MarkdownTable table = new MarkdownTable(List.of(
            "endpoint", "clients", "round", "answers/s", "p50 ms", "p99 ms", "p99.9 ms", "errors", "answer bytes"));
    private final TreeMap<String, Long> kinds = new TreeMap<>();
    private long errors;

    void add(Endpoint endpoint, int clients, int round, LoadResult result) {
        table.add(List.of(
                endpoint.name(),
                Integer.toString(clients),
                Integer.toString(round),
                String.format(Locale.ROOT, "%.0f", result.answersPerSecond()),
                millis(result.millisAt(50)),
                millis(result.millisAt(99)),
                millis(result.millisAt(99.9)),
                Long.toString(result.errors()),
                Integer.toString(endpoint.answerBytes())));
        errors += result.errors();
        result.kinds().forEach((finding, number) -> {
            var kind = endpoint.name() + ": " + finding.kind() + (finding.valid() ? "" : " (error)");
            kinds.merge(kind, number, Long::sum);
        });
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Errors of all loads. */
    long errors() {
        return errors;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(table.toString()).append("\n\nAnswers:\n");
        kinds.forEach((kind, number) ->
                text.append("* ").append(kind).append(", ").append(number).append(" times\n"));
        return text.toString();
    }
}
