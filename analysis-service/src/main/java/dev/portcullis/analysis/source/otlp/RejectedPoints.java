package dev.portcullis.analysis.source.otlp;

import dev.portcullis.kit.text.PlainText;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The data points of one request that were not taken in. Not thread-safe. */
final class RejectedPoints {
    /** In bytes. */
    private static final int LONGEST_NAME = 80;

    private record Rejection(long points, String example) {
        Rejection plus(Rejection more) {
            return new Rejection(points + more.points, example);
        }
    }

    private final Map<RejectionReason, Rejection> byReason = new EnumMap<>(RejectionReason.class);

    /** Adds points of one metric. */
    void add(RejectionReason reason, String metric, long points) {
        if (points > 0) {
            byReason.merge(reason, new Rejection(points, PlainText.line(metric, LONGEST_NAME)), Rejection::plus);
        }
    }

    void addAll(RejectedPoints more) {
        more.byReason.forEach((reason, rejection) -> byReason.merge(reason, rejection, Rejection::plus));
    }

    /** Number of points, by reason. */
    Map<RejectionReason, Long> counts() {
        Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
        byReason.forEach((reason, rejection) -> counts.put(reason, rejection.points()));
        return counts;
    }

    /** Number of points. */
    long total() {
        return byReason.values().stream().mapToLong(Rejection::points).sum();
    }

    /** For whoever sent them, in one line: each reason with the first metric it met. */
    String message() {
        return byReason.entrySet().stream()
                .map(e -> e.getValue().points() + " points such as "
                        + e.getValue().example() + ": " + e.getKey().reason())
                .collect(Collectors.joining("; "));
    }
}
