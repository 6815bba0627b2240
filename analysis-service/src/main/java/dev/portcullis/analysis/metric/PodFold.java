package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.evidence.Counts;
import java.time.Instant;
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
 * @param state what the next reading of this pod is compared with, also when there is a fault
 * @param fault why it cannot be counted, as a sentence about the pod; null when it can
 */
record PodFold(
        List<Counts> counts, PodCounters state, @Nullable String fault) {
    /** Two counters of one pod are read one after the other: by so many requests the first may be behind. */
    private static final double TORN = 5;

    /** The same, as a share of the requests since the last reading. */
    private static final double TORN_SHARE = 0.02;

    private static final String SEVERAL = "; if several processes answer at one address, or several replicas of the"
            + " source do in turn, let each process be read by itself, give them a shared registry, or ask one replica."
            + " It is counted again after " + ProcessHistory.FEW + " readings in a row that fit one process";

    static PodFold of(Counted counted, @Nullable PodCounters last, PodCounters seen, Instant now) {
        if (last == null) {
            return startingPoint(seen, now);
        }
        ProcessCheck check = ProcessCheck.of(last, seen, now);
        if (check.doubted()) {
            String why =
                    "two processes seem to answer for it: " + check.history().why() + SEVERAL;
            return new PodFold(nothing(seen), seen.with(check.history()), why);
        }
        if (check.behind() != null) {
            String why = "an older reading: " + check.behind()
                    + ", as when a replica that lags behind answers; poll no more often than the pods are scraped, or ask one replica";
            return new PodFold(nothing(seen), last, why);
        }
        String gone = check.restarted() ? null : gone(counted, last, seen);
        return gone == null
                ? between(counted, check.restarted() ? afterRestart(last) : last, seen.with(check.history()), last)
                : new PodFold(nothing(seen), last, gone);
    }

    /** Nothing counted; the next difference is taken from here. */
    static PodFold startingPoint(PodCounters seen, Instant now) {
        return new PodFold(nothing(seen), seen.with(ProcessHistory.begin(now)), null);
    }

    private static List<Counts> nothing(PodCounters seen) {
        return Collections.nCopies(seen.parts().size(), Counts.NONE);
    }

    /**
     * Series of the old process are forgotten: one that comes back later starts at 0 too. Of the carry, requests already seen to be
     * bad stay due; an excess of good ones is dropped, for its total went down with the old process.
     */
    private static PodCounters afterRestart(PodCounters last) {
        return new PodCounters(
                Collections.nCopies(last.parts().size(), Map.of()),
                Map.of(),
                last.carries().stream().map(carry -> Math.max(0, carry)).toList(),
                0,
                null);
    }

    /** Of a counter that has vanished nobody knows what it counts by now; that of a source that adds up by itself comes with the next event. */
    private static @Nullable String gone(Counted counted, PodCounters last, PodCounters seen) {
        Map<String, Double> had = last.parts().getFirst();
        boolean goesOn = seen.total().entrySet().stream()
                .anyMatch(series ->
                        series.getValue() > last.total().getOrDefault(series.getKey(), Double.POSITIVE_INFINITY));
        if (had.isEmpty() || !seen.parts().getFirst().isEmpty() || !goesOn) {
            return null;
        }
        String series = new TreeMap<>(had).firstKey();
        return series.contains(Sample.SINCE + "=\"")
                ? null
                : "its counter of " + word(counted) + " requests is gone, " + SeriesText.key(series) + ", last "
                        + SeriesText.value(had.getOrDefault(series, 0.0)) + ", while its total goes on: from "
                        + SeriesText.value(last.sum()) + " to " + SeriesText.value(seen.sum());
    }

    private static String word(Counted counted) {
        return counted == Counted.GOOD ? "good" : "bad";
    }

    /**
     * Bad is held between 0 and total; what that cuts off is carried over, so that in the long run nothing is lost or invented. What more is cut off than two
     * readings one after the other explain is no carry: it would never be made up for.
     *
     * @param kept what stays when it cannot be counted
     */
    private static PodFold between(Counted counted, PodCounters last, PodCounters seen, PodCounters kept) {
        double total = increase(last.total(), seen.total());
        List<Counts> counts = new ArrayList<>();
        List<Double> carries = new ArrayList<>();
        List<Map<String, Double>> parts = new ArrayList<>();
        for (int i = 0; i < seen.parts().size(); i++) {
            double part = increase(last.parts().get(i), seen.parts().get(i));
            double carried = last.carries().get(i);
            double due = (counted == Counted.GOOD ? total - part : part) + carried;
            double bad = Math.clamp(due, 0, total);
            if (isTooMuch(due - bad, carried, total)) {
                return new PodFold(nothing(seen), kept, tooMuch(counted, due, total));
            }
            counts.add(new Counts(bad, total));
            carries.add(due - bad);
            parts.add(merged(last.parts().get(i), seen.parts().get(i)));
        }
        double start = seen.processStart() > 0 ? seen.processStart() : kept.processStart();
        Map<String, Double> totals = merged(last.total(), seen.total());
        return new PodFold(counts, new PodCounters(parts, totals, carries, start, seen.history()), null);
    }

    /** What was carried has to become less before it may become more. */
    private static boolean isTooMuch(double carry, double before, double total) {
        boolean goesOn = carry * before > 0;
        return Math.abs(carry) > (goesOn ? Math.abs(before) : TORN) + TORN_SHARE * total;
    }

    private static String tooMuch(Counted counted, double due, double total) {
        double part = counted == Counted.GOOD ? total - due : due;
        return "it counted " + SeriesText.value(part) + " " + word(counted) + " requests and "
                + SeriesText.value(total) + " in total since it was counted last; let " + word(counted)
                + " select a subset of what total selects";
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
