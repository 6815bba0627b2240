package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;

/** What open waits cost and how fast they are answered, as a table. */
final class OpenWaitsReport {
    private final MarkdownTable table = new MarkdownTable(List.of(
            "waits",
            "polls/s beside",
            "p50 ms",
            "p99 ms",
            "max ms",
            "heap KiB a wait",
            "resident KiB a wait",
            "PromoteRelease ms",
            "answered",
            "p50 ms after the decision",
            "p99 ms",
            "the last ms"));

    void add(int waits, OpenWaitsLoad.Result result) {
        table.add(List.of(
                Integer.toString(waits),
                String.format(Locale.ROOT, "%.0f", result.polls().answersPerSecond()),
                decimals(result.polls().millisAt(50)),
                decimals(result.polls().millisAt(99)),
                decimals(result.polls().longestMillis()),
                decimals(result.heapKib()),
                decimals(result.residentKib()),
                Long.toString(result.promoting().toMillis()),
                Long.toString(result.answers().answers()),
                whole(result.answers().millisAt(50)),
                whole(result.answers().millisAt(99)),
                whole(result.answers().longestMillis())));
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
