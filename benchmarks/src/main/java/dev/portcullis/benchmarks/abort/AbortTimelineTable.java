package dev.portcullis.benchmarks.abort;

import dev.portcullis.benchmarks.report.MarkdownTable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Percentiles of timelines in milliseconds, a row per part of the way, and from the first canary's begin of it to the last one's end. Not thread-safe. */
final class AbortTimelineTable {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;
    private static final double P99 = 0.99;

    private final MarkdownTable table =
            new MarkdownTable(List.of("canaries go bad", "part", "p50 ms", "p95 ms", "p99 ms", "max ms", "all ms"));

    void add(String how, List<AbortTimeline> courses) {
        for (var part : AbortTimeline.Part.values()) {
            var times = courses.stream()
                    .map(timeline -> timeline.time(part))
                    .sorted()
                    .toList();
            table.add(List.of(
                    how,
                    part.words(),
                    at(times, MEDIAN),
                    at(times, P95),
                    at(times, P99),
                    millis(times.getLast()),
                    millis(all(courses, part))));
        }
    }

    private static Duration all(List<AbortTimeline> courses, AbortTimeline.Part part) {
        var first = courses.stream().map(timeline -> timeline.begin(part)).min(Comparator.naturalOrder());
        var last = courses.stream().map(timeline -> timeline.end(part)).max(Comparator.naturalOrder());
        return Duration.between(first.orElseThrow(), last.orElseThrow());
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
