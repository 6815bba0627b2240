package dev.portcullis.benchmarks.abort;

import dev.portcullis.benchmarks.report.MarkdownTable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Percentiles of timelines in milliseconds, a row per part of the way. Not thread-safe. */
final class AbortTimelineTable {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;
    private static final double P99 = 0.99;

    private final MarkdownTable table =
            new MarkdownTable(List.of("canaries go bad", "part", "p50 ms", "p95 ms", "p99 ms", "max ms"));

    void add(String how, List<AbortTimeline> courses) {
        for (var part : AbortTimeline.Part.values()) {
            var times = courses.stream()
                    .map(timeline -> timeline.time(part))
                    .sorted()
                    .toList();
            table.add(List.of(
                    how, part.words(), at(times, MEDIAN), at(times, P95), at(times, P99), millis(times.getLast())));
        }
    }

    /** The smallest time that so many are not above. */
    static String at(List<Duration> sorted, double share) {
        return millis(sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)));
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.0f", time.toNanos() / NANOS_PER_MILLI);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
