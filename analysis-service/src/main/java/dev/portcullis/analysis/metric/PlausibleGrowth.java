package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod can have served between two readings what its counters grew by. A counter that leaps, or a series that appears with a history that was counted elsewhere, is no
 * traffic. What is not believed is not counted, and its value is the new starting point: a rate that stays is believed at the next reading. Stateless.
 */
final class PlausibleGrowth {
    /** No pod serves more requests a second. */
    private static final double FASTEST = 1_000_000;

    /** So many times as many requests a second as ever seen of a pod are believed at once, as when all traffic goes over to it. */
    private static final double SPEEDUP = 100;

    /** So many requests a second are believed of every pod. */
    private static final double BELIEVED = 1_000;

    /** A rate like the one of the reading before is believed, whatever came before that. */
    private static final double LIKE = 2;

    /** A series that appears may have so many requests, however little its pod has served. */
    private static final double BELIEVED_OF_NEW_SERIES = 1_000;

    /** Otherwise no more than so many times what the pod's other series grew by, now or at its busiest. */
    private static final double SHARE_OF_NEW_SERIES = 2;

    private PlausibleGrowth() {}

    /** The requests a second by which the series of the pod's total that were known grew. */
    static double rate(PodCounters last, PodCounters seen, double seconds) {
        return new TreeMap<>(seen.total())
                        .entrySet().stream()
                                .filter(series -> last.total().containsKey(series.getKey()))
                                .mapToDouble(series ->
                                        series.getValue() - last.total().getOrDefault(series.getKey(), 0.0))
                                .sum()
                / seconds;
    }

    /** Whether a pod with this history can serve so many requests a second. */
    static boolean isPlausible(double rate, ProcessHistory before) {
        boolean unknown = before.busiest() == 0;
        return rate <= FASTEST
                && (unknown || rate <= Math.max(BELIEVED, SPEEDUP * before.busiest()) || rate <= LIKE * before.rate());
    }

    /** Why a process cannot have grown so; null when it can. */
    static @Nullable String fault(PodCounters last, PodCounters seen, Instant now) {
        ProcessHistory before = ProcessHistory.of(last);
        double seconds = before.secondsUntil(now);
        double rate = rate(last, seen, seconds);
        if (!isPlausible(rate, before)) {
            return leap("its total", last.sum(), seen.sum(), before, seconds);
        }
        String added = appeared(last, seen, mostOfNewSeries(rate, before, seconds));
        return added == null
                ? null
                : added + " requests, in a pod whose other series grew by " + SeriesText.value(rate * seconds)
                        + " in the same " + SeriesText.value(seconds) + " s; it is counted from there";
    }

    private static double mostOfNewSeries(double rate, ProcessHistory before, double seconds) {
        double served = seconds * Math.max(rate, before.busiest());
        return Math.min(FASTEST * seconds, Math.max(BELIEVED_OF_NEW_SERIES, SHARE_OF_NEW_SERIES * served));
    }

    private static @Nullable String appeared(PodCounters last, PodCounters seen, double most) {
        Stream<String> added = appeared(last.total(), seen.total(), most);
        double total = PodFold.increase(last.total(), seen.total());
        double mostOfPart = Math.min(most, total + PodFold.TORN + PodFold.TORN_SHARE * total);
        for (int i = 0; i < seen.parts().size(); i++) {
            added = Stream.concat(
                    added, appeared(last.parts().get(i), seen.parts().get(i), mostOfPart));
        }
        return added.min(String::compareTo).orElse(null);
    }

    private static Stream<String> appeared(Map<String, Double> last, Map<String, Double> seen, double most) {
        return seen.entrySet().stream()
                .filter(series -> series.getValue() > most && !last.containsKey(series.getKey()))
                .map(series ->
                        SeriesText.key(series.getKey()) + " appeared with " + SeriesText.value(series.getValue()));
    }

    /** Why a process that was restarted cannot have served so much since; null when it can. */
    static @Nullable String faultAfterRestart(PodCounters last, PodCounters seen, ProcessHistory before, Instant now) {
        double seconds = ProcessHistory.of(last).secondsUntil(now);
        return isPlausible(seen.sum() / seconds, before)
                ? null
                : leap("its total, after a restart,", 0, seen.sum(), before, seconds);
    }

    private static String leap(String what, double from, double to, ProcessHistory before, double seconds) {
        return what + " leapt from " + SeriesText.value(from) + " to " + SeriesText.value(to) + " in "
                + SeriesText.value(seconds) + " s, and never grew by more than "
                + SeriesText.value(before.busiest()) + " requests a second before; it is counted from there";
    }
}
