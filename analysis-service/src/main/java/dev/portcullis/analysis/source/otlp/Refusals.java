package dev.portcullis.analysis.source.otlp;

import dev.portcullis.kit.text.PlainText;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The data points of one request that were not taken in. Not thread-safe. */
final class Refusals {
    /** In bytes. */
    private static final int LONGEST_NAME = 80;

    private record Refused(long points, String example) {
        Refused plus(Refused more) {
            return new Refused(points + more.points, example);
        }
    }

    private final Map<Refusal, Refused> byReason = new EnumMap<>(Refusal.class);

    /** Adds points of one metric. */
    void add(Refusal refusal, String metric, long points) {
        if (points > 0) {
            byReason.merge(refusal, new Refused(points, PlainText.line(metric, LONGEST_NAME)), Refused::plus);
        }
    }

    void addAll(Refusals more) {
        more.byReason.forEach((refusal, refused) -> byReason.merge(refusal, refused, Refused::plus));
    }

    /** Number of points, by reason. */
    Map<Refusal, Long> counts() {
        Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
        byReason.forEach((refusal, refused) -> counts.put(refusal, refused.points()));
        return counts;
    }

    /** Number of points. */
    long total() {
        return byReason.values().stream().mapToLong(Refused::points).sum();
    }

    /** For whoever sent them, in one line: each reason with the first metric it met. */
    String message() {
        return byReason.entrySet().stream()
                .map(e -> e.getValue().points() + " points such as "
                        + e.getValue().example() + ": " + e.getKey().reason())
                .collect(Collectors.joining("; "));
    }
}
