package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.evidence.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The difference of two readings of one pod.
 *
 * @param counts requests in between
 * @param state what the next reading of this pod is compared with
 */
record PodFold(Counts counts, PodCounters state) {
    static PodFold of(Counted counted, @Nullable PodCounters last, PodCounters seen) {
        if (last == null) {
            return new PodFold(Counts.NONE, seen);
        }
        return restarted(last, seen) ? between(counted, afterRestart(last), seen) : between(counted, last, seen);
    }

    /**
     * Series of the old process are forgotten: one that comes back later starts at 0 too. Of the carry, requests already seen to be
     * bad stay due; an excess of good ones is dropped, for its total went down with the old process.
     */
    private static PodCounters afterRestart(PodCounters last) {
        return new PodCounters(Map.of(), Map.of(), Map.of(), Math.max(0, last.carry()));
    }

    private static boolean restarted(PodCounters last, PodCounters seen) {
        return anyFell(last.good(), seen.good())
                || anyFell(last.bad(), seen.bad())
                || anyFell(last.total(), seen.total());
    }

    private static boolean anyFell(Map<String, Double> last, Map<String, Double> seen) {
        return seen.entrySet().stream().anyMatch(series -> series.getValue() < last.getOrDefault(series.getKey(), 0.0));
    }

    /** Bad is held between 0 and total; what that cuts off is carried over, so that in the long run nothing is lost or invented. */
    private static PodFold between(Counted counted, PodCounters last, PodCounters seen) {
        double total = increase(last.total(), seen.total());
        double bad =
                counted == Counted.GOOD ? total - increase(last.good(), seen.good()) : increase(last.bad(), seen.bad());
        double due = bad + last.carry();
        double counts = Math.clamp(due, 0, total);
        PodCounters state = new PodCounters(
                merged(last.good(), seen.good()),
                merged(last.bad(), seen.bad()),
                merged(last.total(), seen.total()),
                due - counts);
        return new PodFold(new Counts(counts, total), state);
    }

    private static double increase(Map<String, Double> last, Map<String, Double> seen) {
        return new TreeMap<>(seen)
                .entrySet().stream()
                        .mapToDouble(series -> series.getValue() - last.getOrDefault(series.getKey(), 0.0))
                        .sum();
    }

    private static Map<String, Double> merged(Map<String, Double> last, Map<String, Double> seen) {
        Map<String, Double> merged = new HashMap<>(last);
        merged.putAll(seen);
        return merged;
    }
}
