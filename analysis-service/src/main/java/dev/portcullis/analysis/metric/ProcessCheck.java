package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether two readings of a pod are of one process, of one that was restarted in between, or of several that answer in turn: worker processes behind one
 * address, pods behind one load balancer, replicas of a Prometheus. These are told apart because a restart begins at 0 and does not come back, and by
 * the time when the process was started, where a source tells it: a later one is a restart though nothing fell. What is not believed for its values alone may be a restart all the same: then its pod is
 * counted again after some readings that fit, and nothing in between is.
 *
 * @param restarted whether all its series count from 0
 * @param history what is to be known at its next reading; doubtful when the two cannot be compared
 * @param behind why the reading is older than the last one, and none to go by; null when it is not
 */
record ProcessCheck(
        boolean restarted, ProcessHistory history, @Nullable String behind) {
    /** A start time that is computed anew with every page differs by so many seconds. */
    private static final double SAME_START = 2;

    /** The clocks here and of the pod may differ by so many seconds. */
    private static final double CLOCKS_DIFFER = 60;

    /** A process that was restarted begins at 0: what is above this share of its last value has only become less. */
    private static final double RESTARTED = 0.5;

    /** A value is on the course of an earlier one when that explains at least this share of it. */
    private static final double ON_COURSE = 0.5;

    /** A jump is more than so many times as much as the pod's total grew at one of the last few readings. */
    private static final double JUMP = 4;

    static ProcessCheck of(PodCounters last, PodCounters seen, Instant now) {
        ProcessHistory before = ProcessHistory.of(last);
        Fall fall = Fall.between(last, seen);
        String odd = oddStart(last, seen, before);
        boolean told = isLater(last, seen);
        double rate = fall == null ? PlausibleGrowth.rate(last, seen, before.secondsUntil(now)) : 0;
        if (odd == null && fall != null && !told && before.isBehind(last.sum(), seen.sum())) {
            return new ProcessCheck(false, before, fall + ", to where it was a reading or two ago");
        }
        if (odd == null && !told) {
            odd = fall == null ? oddRise(last, seen, rate, before) : oddFall(fall, last, seen, before);
        }
        if (odd != null) {
            return new ProcessCheck(false, before.doubting(last.sum(), odd, rate, now), null);
        }
        if (told) {
            return new ProcessCheck(true, ProcessHistory.begin(now), null);
        }
        return fall == null
                ? new ProcessCheck(false, before.fitting(last.sum(), rate, now), null)
                : new ProcessCheck(true, before.restarted(last.sum(), now), null);
    }

    /** Whether the pod cannot be counted. */
    boolean doubted() {
        return history.doubtful() > 0;
    }

    /** Whether the reading fits the one before, also when the pod cannot be counted yet: what that one had is still there. */
    boolean fits() {
        return !restarted && history.doubtful() < ProcessHistory.FEW;
    }

    private static boolean isLater(PodCounters last, PodCounters seen) {
        return last.processStart() > 0 && seen.processStart() > last.processStart() + SAME_START;
    }

    private static @Nullable String oddStart(PodCounters last, PodCounters seen, ProcessHistory before) {
        if (last.processStart() <= 0 || seen.processStart() <= 0) {
            return null;
        }
        boolean earlier = seen.processStart() < last.processStart() - SAME_START;
        boolean both = isLater(last, seen) && before.overlaps(seen.processStart(), CLOCKS_DIFFER);
        return earlier || both
                ? "a process started " + at(seen.processStart()) + " answered after one started "
                        + at(last.processStart()) + (both ? ", which was read after that" : "")
                : null;
    }

    private static Instant at(double seconds) {
        return Instant.ofEpochSecond((long) seconds);
    }

    private static @Nullable String oddFall(Fall fall, PodCounters last, PodCounters seen, ProcessHistory before) {
        double total = seen.sum();
        boolean known = before.earlier().stream()
                .anyMatch(earlier -> earlier > 0 && earlier <= total && total - earlier <= ON_COURSE * total);
        if (fall.to() > RESTARTED * fall.from()) {
            return fall + ", but a counter falls only to 0, and only when its process restarts";
        }
        if (total > last.sum()) {
            return fall + ", while the total of its pod rose from " + SeriesText.value(last.sum()) + " to "
                    + SeriesText.value(total);
        }
        if (known) {
            return fall + ", back to where its total was before: " + SeriesText.value(total);
        }
        if (before.distrusted() || before.calm() < ProcessHistory.FEW) {
            return fall + ", again within a few readings";
        }
        return null;
    }

    /** Back to where it was before it fell, and not by growing there; or in doubt already, and up by more than can be. */
    private static @Nullable String oddRise(PodCounters last, PodCounters seen, double rate, ProcessHistory before) {
        double from = last.sum();
        double to = seen.sum();
        if (isReturn(from, to, before)) {
            return "its total rose from " + SeriesText.value(from) + " to " + SeriesText.value(to)
                    + ", back to where it was before it fell, " + SeriesText.value(before.ceiling());
        }
        return before.doubtful() > 0 && !PlausibleGrowth.isPlausible(rate, before)
                ? "its total leapt from " + SeriesText.value(from) + " to " + SeriesText.value(to)
                : null;
    }

    private static boolean isReturn(double from, double to, ProcessHistory before) {
        double ceiling = before.ceiling();
        boolean reached = ceiling > 0 && from < ceiling && to >= ceiling && to - ceiling <= ON_COURSE * (to - from);
        boolean jumped = before.distrusted()
                && to - from > JUMP * before.largestStep(from).orElse(to);
        return reached && (from <= RESTARTED * ceiling || jumped);
    }

    /**
     * The series that fell.
     *
     * @param example one of them
     * @param from what all of them together were
     * @param to what they are
     */
    private record Fall(String example, double from, double to) {
        static @Nullable Fall between(PodCounters last, PodCounters seen) {
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
