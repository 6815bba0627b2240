package dev.portcullis.benchmarks.start;

import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The table of all starts. Not thread-safe. */
final class StartReport {
    private static final double KIB_PER_MIB = 1024;
    private static final double MILLIS_PER_SECOND = 1000;

    private final MarkdownTable table = new MarkdownTable(List.of(
            "process",
            "run from",
            "first start s",
            "later starts s (min / median / max)",
            "resident MiB (min / median / max)",
            "with its PostgreSQL MiB (min / median / max)"));

    /** Adds a row of two starts or more, the first of which found an empty database. */
    void add(Installation installation, String name, List<Start> starts) {
        var later = starts.subList(1, starts.size());
        table.add(List.of(
                name,
                installation.toString(),
                String.format(Locale.ROOT, "%.2f", seconds(starts.getFirst())),
                spread("%.2f", later, StartReport::seconds),
                spread("%.0f", starts, start -> start.residentKib() / KIB_PER_MIB),
                starts.getFirst().postgresKib().isPresent()
                        ? spread("%.0f", starts, start -> start.allKib() / KIB_PER_MIB)
                        : "-"));
    }

    private static double seconds(Start start) {
        return start.ready().toMillis() / MILLIS_PER_SECOND;
    }

    private static String spread(String format, List<Start> starts, ToDoubleFunction<Start> figure) {
        var sorted = starts.stream().mapToDouble(figure).sorted().toArray();
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        var each = format + " / " + format + " / " + format;
        return String.format(Locale.ROOT, each, sorted[0], median, sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
