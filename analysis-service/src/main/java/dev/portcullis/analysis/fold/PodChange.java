package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.metric.Growth;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.SeriesText;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A pod's counters as read now beside those as last read, and what the two tell of its process. Immutable. */
final class PodChange {
    final PodCounters last;
    final PodCounters seen;
    final Instant now;
    /** What earlier readings told. */
    final ProcessHistory before;
    /** The counters that fell; null when none did. */
    final @Nullable Fall fall;
    /** The seconds since it was read last. */
    final double seconds;
    /** The requests a second by which the series of its total that were known grew; 0 when a counter fell. */
    final double rate;
    /** How much its pod can have served since. */
    final PodCapacity capacity;

    /** @param ofOthers the most requests a second that another pod of its arm was seen to serve; 0 when there is none */
    PodChange(PodCounters last, PodCounters seen, double ofOthers, Instant now) {
        this.last = last;
        this.seen = seen;
        this.now = now;
        this.before = ProcessHistory.of(last);
        this.seconds = before.secondsUntil(now);
        this.fall = Fall.between(last, seen);
        this.rate = fall == null ? known(last).total() / seconds : 0;
        this.capacity = PodCapacity.of(last, seen, ofOthers, now);
    }

    /** What the series that are known of these counters grew by. */
    Growth known(PodCounters from) {
        return growth(from, true);
    }

    /** What the series that appeared beside these counters have. */
    Growth appeared(PodCounters from) {
        return growth(from, false);
    }

    private Growth growth(PodCounters from, boolean known) {
        return new Growth(
                IntStream.range(0, seen.parts().size())
                        .mapToObj(cut ->
                                increase(from.parts().get(cut), seen.parts().get(cut), known))
                        .toList(),
                increase(from.total(), seen.total(), known));
    }

    private static double increase(Map<String, Double> from, Map<String, Double> seen, boolean known) {
        Map<String, Double> some = new HashMap<>(seen);
        some.keySet().removeIf(series -> from.containsKey(series) != known);
        return increase(from, some);
    }

    /** Whether its process says that it was started after the last reading's. */
    boolean isLater() {
        return ProcessCheck.isLater(last, seen);
    }

    /** Whether the series of the process that answered before are to be forgotten. They count from 0 then, unless {@link ProcessCheck} has a doubt or only its {@link #startMoved start moved}. */
    boolean restarted() {
        return isLater() || fall != null;
    }

    /** Whether its process tells a later start though no counter fell: it may be a new one that has served more by now, or the same one that tells its start wrongly. */
    boolean startMoved() {
        return isLater() && fall == null;
    }

    /** What is to be known at its next reading when this one fits the one before, or a restart is believed. */
    ProcessHistory history() {
        if (isLater()) {
            return fall == null ? before.startMoved(now) : before.restartedLater(now);
        }
        return fall == null ? before.fitting(last.sum(), rate, isBelieved(), now) : before.restarted(last.sum(), now);
    }

    /** The same, of a reading that shows what its pod serves or does not. */
    ProcessHistory fitting(boolean shows) {
        return before.fitting(last.sum(), shows ? rate : before.rate(), shows, now);
    }

    /** Whether its known series did not leap. */
    boolean isBelieved() {
        return capacity.ofKnown(rate * seconds) != PodCapacity.Weight.LEAP;
    }

    /** What its counters are to be compared with. */
    PodCounters from() {
        return restarted() ? afterRestart() : last;
    }

    /** What the next reading is compared with: what was seen, and of what was not the last value. */
    PodCounters next() {
        return next(history());
    }

    /** The same, when that is to be known then. */
    PodCounters next(ProcessHistory then) {
        return onwards(from(), seen.with(then));
    }

    /**
     * Series of the old process are forgotten: one that comes back later starts at 0 too. Of the carry, requests already seen to be
     * bad stay due; an excess of good ones is dropped, for its total went down with the old process.
     */
    private PodCounters afterRestart() {
        return new PodCounters(
                Collections.nCopies(last.parts().size(), Map.of()),
                Map.of(),
                last.carries().stream().map(carry -> Math.max(0, carry)).toList(),
                last.processStart(),
                null);
    }

    /** All that a process has counted. */
    static Growth all(PodCounters seen) {
        return new Growth(
                seen.parts().stream().map(part -> increase(Map.of(), part)).toList(), increase(Map.of(), seen.total()));
    }

    static double increase(Map<String, Double> last, Map<String, Double> seen) {
        return new TreeMap<>(seen)
                .entrySet().stream()
                        .mapToDouble(series -> series.getValue() - last.getOrDefault(series.getKey(), 0.0))
                        .sum();
    }

    /** The counters as seen, with the last values of those that were not. */
    static PodCounters onwards(PodCounters last, PodCounters seen) {
        List<Map<String, Double>> parts = IntStream.range(0, seen.parts().size())
                .mapToObj(i -> merged(last.parts().get(i), seen.parts().get(i)))
                .toList();
        double start = seen.processStart() > 0 ? seen.processStart() : last.processStart();
        return new PodCounters(parts, merged(last.total(), seen.total()), last.carries(), start, seen.history());
    }

    private static Map<String, Double> merged(Map<String, Double> last, Map<String, Double> seen) {
        Map<String, Double> merged = new HashMap<>(last);
        merged.putAll(seen);
        return merged;
    }

    /**
     * The series that fell.
     *
     * @param example one of them, as a sentence
     * @param from what all of them together were
     * @param to what they are
     */
    record Fall(String example, double from, double to) {
        private static @Nullable Fall between(PodCounters last, PodCounters seen) {
            Fall fall = between(last.total(), seen.total(), null);
            for (int i = 0; i < seen.parts().size(); i++) {
                fall = between(last.parts().get(i), seen.parts().get(i), fall);
            }
            return fall;
        }

        private static @Nullable Fall between(
                Map<String, Double> last, Map<String, Double> seen, @Nullable Fall others) {
            if (seen.entrySet().stream()
                    .noneMatch(series -> series.getValue() < last.getOrDefault(series.getKey(), 0.0))) {
                return others;
            }
            Fall fall = others;
            for (Map.Entry<String, Double> series : new TreeMap<>(seen).entrySet()) {
                double from = last.getOrDefault(series.getKey(), 0.0);
                double to = series.getValue();
                if (to < from) {
                    fall = fall == null
                            ? new Fall(told(series.getKey(), from, to), from, to)
                            : new Fall(fall.example, fall.from + from, fall.to + to);
                }
            }
            return fall;
        }

        private static String told(String series, double from, double to) {
            return SeriesText.key(series) + " fell from " + SeriesText.value(from) + " to " + SeriesText.value(to);
        }

        @Override
        public String toString() {
            return example;
        }
    }
}
