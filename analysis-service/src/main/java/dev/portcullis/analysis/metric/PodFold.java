package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.evidence.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    static final double TORN = 5;

    /** The same, as a share of the requests since the last reading. */
    static final double TORN_SHARE = 0.02;

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
            PodCounters known = check.fits() ? onwards(last, seen.with(check.history())) : seen.with(check.history());
            return new PodFold(nothing(seen), known, why);
        }
        if (check.behind() != null) {
            String why = "an older reading: " + check.behind()
                    + ", as when a replica that lags behind answers; poll no more often than the pods are scraped, or ask one replica";
            return new PodFold(nothing(seen), last, why);
        }
        String gone = check.restarted() ? null : VanishedSeries.fault(last, seen);
        if (gone != null) {
            return new PodFold(nothing(seen), last, gone);
        }
        PodCounters from = check.restarted() ? afterRestart(last) : last;
        PodCounters to = seen.with(check.history());
        String leap = check.restarted()
                ? PlausibleGrowth.faultAfterRestart(last, seen, check.history(), now)
                : PlausibleGrowth.fault(last, seen, now);
        return leap == null ? between(counted, from, to, last) : new PodFold(nothing(seen), onwards(from, to), leap);
    }

    /** Nothing counted, as it warms up. A series that leaves meanwhile stays known, unless its process was restarted. */
    static PodFold warming(@Nullable PodCounters last, PodCounters seen, Instant now) {
        PodFold beginning = startingPoint(seen, now);
        if (last == null) {
            return beginning;
        }
        ProcessCheck check = ProcessCheck.of(last, seen, now);
        boolean other = check.restarted() || check.doubted() || check.behind() != null;
        return other ? beginning : new PodFold(beginning.counts, onwards(last, beginning.state), null);
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
                last.processStart(),
                null);
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
        for (int i = 0; i < seen.parts().size(); i++) {
            double part = increase(last.parts().get(i), seen.parts().get(i));
            double carried = last.carries().get(i);
            double due = (counted == Counted.GOOD ? total - part : part) + carried;
            double bad = Math.clamp(due, 0, total);
            if (Math.abs(due - bad) > torn(kept, due - bad, carried, total)) {
                return new PodFold(nothing(seen), kept, tooMuch(counted, due, total));
            }
            counts.add(new Counts(bad, total));
            carries.add(due - bad);
        }
        return new PodFold(counts, onwards(last, seen).carrying(carries), null);
    }

    /**
     * How much two readings one after the other explain: a share of the requests of one reading, however many were missed since, or what was explained before. An excess that
     * grows from reading to reading is no tear.
     */
    private static double torn(PodCounters last, double carry, double before, double total) {
        double usual = ProcessHistory.of(last).largestStep(last.sum()).orElse(total);
        double share = TORN_SHARE * Math.clamp(usual, 0, total);
        return carry * before > 0 ? Math.max(Math.abs(before), share) : TORN + share;
    }

    private static String tooMuch(Counted counted, double due, double total) {
        double part = counted == Counted.GOOD ? total - due : due;
        return "it counted " + SeriesText.value(part) + " " + word(counted) + " requests and "
                + SeriesText.value(total) + " in total since it was counted last; let " + word(counted)
                + " select a subset of what total selects";
    }

    static double increase(Map<String, Double> last, Map<String, Double> seen) {
        return new TreeMap<>(seen)
                .entrySet().stream()
                        .mapToDouble(series -> series.getValue() - last.getOrDefault(series.getKey(), 0.0))
                        .sum();
    }

    /** What the next reading is compared with: what was seen, and of what was not the last value. */
    private static PodCounters onwards(PodCounters last, PodCounters seen) {
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
}
