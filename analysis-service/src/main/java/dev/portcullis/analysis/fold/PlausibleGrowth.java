package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.SeriesText;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod can have served between two readings what its counters grew by. A counter that leaps, or a series that appears with a history that was counted elsewhere, is no
 * traffic. What is not believed is not counted, and its value is the new starting point: a rate that stays is believed at the next reading.
 */
final class PlausibleGrowth {
    /** Growth that is more than so many times as fast as ever waits for the next reading; a flash crowd need not. */
    private static final double SURGE = 20;

    /** So many requests from one reading to the next do not wait. */
    private static final double SMALL = 1_000;

    /** The series that appear in a pod at once may have so many requests, however little it has served. */
    private static final double BELIEVED_OF_NEW_SERIES = 1_000;

    /** Otherwise no more than so many times what the pod's other series grew by, now or at its busiest. */
    private static final double SHARE_OF_NEW_SERIES = 2;

    private PlausibleGrowth() {}

    /** A pod that grew by more than it can have served, or a series that appears with more. */
    static @Nullable Doubt<PodCounters> leap(PodChange pod) {
        if (pod.startMoved()) {
            return null;
        }
        String why = pod.restarted() ? leapAfterRestart(pod) : leapOfProcess(pod);
        return why == null ? null : new Doubt<>(why, afterLeap(pod, why));
    }

    /** What waited cannot be confirmed any more: that is no less than a process that nobody knows. */
    private static PodCounters afterLeap(PodChange pod, String why) {
        return pod.before.waits()
                ? pod.next().with(pod.before.doubting(pod.last.sum(), why, pod.rate, pod.now))
                : pod.next();
    }

    /**
     * Growth that is counted with the next reading only, when that goes on from there: it may be that of another process behind the same address, whose jump would be counted. Of a pod whose falls
     * {@link ProcessCheck} remembers, that looks after it.
     */
    static @Nullable Doubt<PodCounters> surge(PodChange pod) {
        ProcessHistory before = pod.before;
        boolean odd = pod.restarted() || before.waits() || before.distrusted() || before.ceiling() > 0;
        double grown = odd ? 0 : PodChange.increase(pod.last.total(), pod.seen.total());
        if (grown <= SMALL || grown / pod.seconds <= usual(pod)) {
            return null;
        }
        double total = pod.seen.sum();
        String why =
                "its total leapt from " + SeriesText.value(pod.last.sum()) + " to " + SeriesText.value(total) + " in "
                        + SeriesText.value(pod.seconds) + " s, and is counted when the next reading goes on from there";
        return new Doubt<>(why, pod.last.with(before.waiting(total, why)));
    }

    /** So many requests a second need no second reading; of a process that has not grown yet and does not tell since when it runs, nobody knows. */
    private static double usual(PodChange pod) {
        if (pod.before.busiest() > 0) {
            return SURGE * pod.before.busiest();
        }
        double age = pod.now.getEpochSecond() - pod.seen.processStart();
        return pod.seen.processStart() > 0 && age > 0
                ? Math.max(ProcessHistory.BELIEVED, ProcessHistory.SPEEDUP * pod.seen.sum() / age)
                : ProcessHistory.FASTEST;
    }

    private static @Nullable String leapAfterRestart(PodChange pod) {
        ProcessHistory before = pod.history();
        return before.believes(pod.seen.sum() / pod.seconds)
                ? null
                : leap("its total, after a restart,", 0, pod, before);
    }

    private static @Nullable String leapOfProcess(PodChange pod) {
        if (!pod.before.believes(pod.rate)) {
            return leap("its total", pod.last.sum(), pod, pod.before);
        }
        String added = appeared(pod.last, pod.seen, mostOfNewSeries(pod));
        return added == null
                ? null
                : added + ", in a pod whose other series grew by " + SeriesText.value(pod.rate * pod.seconds)
                        + " in the same " + SeriesText.value(pod.seconds) + " s; it is counted from there";
    }

    private static double mostOfNewSeries(PodChange pod) {
        double served = pod.seconds * Math.max(pod.rate, pod.before.busiest());
        // What waits is counted together with what came since.
        double believed = (pod.before.waits() ? 2 : 1) * BELIEVED_OF_NEW_SERIES;
        return Math.min(ProcessHistory.FASTEST * pod.seconds, Math.max(believed, SHARE_OF_NEW_SERIES * served));
    }

    private static @Nullable String appeared(PodCounters last, PodCounters seen, double most) {
        String added = appeared(last.total(), seen.total(), most);
        double total = PodChange.increase(last.total(), seen.total());
        double mostOfPart = Math.min(most, total + PodFold.TORN + PodFold.TORN_SHARE * total);
        for (int i = 0; added == null && i < seen.parts().size(); i++) {
            added = appeared(last.parts().get(i), seen.parts().get(i), mostOfPart);
        }
        return added;
    }

    /** All together: a history that is spread over many series is one all the same. */
    private static @Nullable String appeared(Map<String, Double> last, Map<String, Double> seen, double most) {
        TreeMap<String, Double> added = new TreeMap<>(seen);
        added.entrySet().removeIf(series -> series.getValue() == 0 || last.containsKey(series.getKey()));
        double requests = PodChange.increase(Map.of(), added);
        if (requests <= most) {
            return null;
        }
        String first = SeriesText.key(added.firstKey());
        return added.size() == 1
                ? first + " appeared with " + SeriesText.value(requests) + " requests"
                : first + " and " + (added.size() - 1) + " others appeared with " + SeriesText.value(requests)
                        + " requests together";
    }

    private static String leap(String what, double from, PodChange pod, ProcessHistory before) {
        return what + " leapt from " + SeriesText.value(from) + " to " + SeriesText.value(pod.seen.sum()) + " in "
                + SeriesText.value(pod.seconds) + " s, and never grew by more than "
                + SeriesText.value(before.busiest()) + " requests a second before; it is counted from there";
    }
}
