package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.evidence.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The difference of two readings of one pod.
 *
 * @param counts requests in between, by cut
 * @param state what the next reading of this pod is compared with
 */
record PodFold(List<Counts> counts, PodCounters state) {
    static PodFold of(Counted counted, @Nullable PodCounters last, PodCounters seen) {
        if (last == null) {
            return startingPoint(seen);
        }
        return restarted(last, seen) ? between(counted, afterRestart(last), seen) : between(counted, last, seen);
    }

    /** Nothing counted; the next difference is taken from here. */
    static PodFold startingPoint(PodCounters seen) {
        return new PodFold(Collections.nCopies(seen.parts().size(), Counts.NONE), seen);
    }

    /**
     * Series of the old process are forgotten: one that comes back later starts at 0 too. Of the carry, requests already seen to be
     * bad stay due; an excess of good ones is dropped, for its total went down with the old process.
     */
    private static PodCounters afterRestart(PodCounters last) {
        return new PodCounters(
                Collections.nCopies(last.parts().size(), Map.of()),
                Map.of(),
                last.carries().stream().map(carry -> Math.max(0, carry)).toList());
    }

    private static boolean restarted(PodCounters last, PodCounters seen) {
        if (anyFell(last.total(), seen.total())) {
            return true;
        }
        for (int i = 0; i < seen.parts().size(); i++) {
            if (anyFell(last.parts().get(i), seen.parts().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyFell(Map<String, Double> last, Map<String, Double> seen) {
        return seen.entrySet().stream().anyMatch(series -> series.getValue() < last.getOrDefault(series.getKey(), 0.0));
    }

    /** Bad is held between 0 and total; what that cuts off is carried over, so that in the long run nothing is lost or invented. */
    private static PodFold between(Counted counted, PodCounters last, PodCounters seen) {
        double total = increase(last.total(), seen.total());
        List<Counts> counts = new ArrayList<>();
        List<Double> carries = new ArrayList<>();
        List<Map<String, Double>> parts = new ArrayList<>();
        for (int i = 0; i < seen.parts().size(); i++) {
            double part = increase(last.parts().get(i), seen.parts().get(i));
            double due = (counted == Counted.GOOD ? total - part : part)
                    + last.carries().get(i);
            double bad = Math.clamp(due, 0, total);
            counts.add(new Counts(bad, total));
            carries.add(due - bad);
            parts.add(merged(last.parts().get(i), seen.parts().get(i)));
        }
        return new PodFold(counts, new PodCounters(parts, merged(last.total(), seen.total()), carries));
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
