package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.SeriesText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether two readings of a pod are of one process, of one that was restarted in between, or of several that answer in turn: worker processes behind one
 * address, pods behind one load balancer, replicas of a Prometheus. These are told apart because a restart begins at 0 and does not come back, and by
 * the time when the process was started, where a source tells it: with a later one a fall is a restart, however often, and one that goes back is another process. What is not believed for its values alone may be a restart all the same: then its pod is
 * counted again after some readings that fit, and nothing in between is.
 */
final class ProcessCheck {
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

    private static final String SEVERAL = "; if several processes answer at one address, or several replicas of the"
            + " source do in turn, let each process be read by itself, give them a shared registry, or ask one replica."
            + " It is counted again after " + ProcessHistory.FEW + " readings in a row that fit one process";

    private ProcessCheck() {}

    /** A process that was started before the one that answered last, or long before that one was read. */
    static @Nullable Doubt<PodCounters> otherStart(PodChange pod) {
        double last = pod.last.processStart();
        double seen = pod.seen.processStart();
        if (last <= 0 || seen <= 0) {
            return null;
        }
        String odd = pod.isLater() ? oddLaterStart(pod) : seen < last - SAME_START ? "" : null;
        return odd == null
                ? null
                : doubting(pod, "a process started " + at(seen) + " answered after one started " + at(last) + odd);
    }

    /** Of a pod in which processes have answered in turn, a process that was there before is not excused by clocks. */
    private static @Nullable String oddLaterStart(PodChange pod) {
        double slack = pod.before.distrusted() ? 0 : CLOCKS_DIFFER;
        if (pod.before.overlaps(pod.seen.processStart(), slack)) {
            return ", which was read after that";
        }
        return pod.startMoved() && pod.before.unsettled()
                ? ", though no counter fell, and again within a few readings, as when a page tells a new start time each time"
                : null;
    }

    /** What is to be said of a reading that takes a later start for a new beginning, of which nothing is counted. */
    static String toldOfMovedStart(PodChange pod) {
        return "it was started at " + at(pod.seen.processStart()) + ", and before at " + at(pod.last.processStart())
                + ", though none of its counters fell; what it served since the reading before is not counted";
    }

    private static Instant at(double seconds) {
        return Instant.ofEpochSecond((long) seconds);
    }

    /** A reading that is older than the last one, as of a replica that is scraped later. */
    static @Nullable Doubt<PodCounters> lagging(PodChange pod) {
        return pod.fall != null && !pod.isLater() && pod.before.isBehind(pod.last.sum(), pod.seen.sum())
                ? new Doubt<>(
                        "an older reading: " + pod.fall
                                + ", to where it was a reading or two ago, as when a replica that"
                                + " lags behind answers; poll no more often than the pods are scraped, or ask one replica",
                        pod.last)
                : null;
    }

    /** Values that no single process explains, now or a few readings ago. */
    static @Nullable Doubt<PodCounters> several(PodChange pod) {
        String odd = odd(pod);
        if (odd != null) {
            return doubting(pod, odd);
        }
        ProcessHistory history = pod.history();
        return history.doubt()
                .map(doubt -> new Doubt<>(told(doubt.why()), pod.next()))
                .orElse(null);
    }

    private static @Nullable String odd(PodChange pod) {
        if (pod.restarted() && pod.before.waiting().isPresent()) {
            return pod.before.waiting().get().why() + ", but its total was " + SeriesText.value(pod.seen.sum())
                    + " at the next reading, as of a process that was restarted, so that nobody knows what it served";
        }
        if (pod.isLater()) {
            return null;
        }
        return pod.fall == null ? oddRise(pod) : oddFall(pod.fall, pod);
    }

    private static Doubt<PodCounters> doubting(PodChange pod, String odd) {
        return new Doubt<>(told(odd), pod.seen.with(pod.before.doubting(pod.last.sum(), odd, pod.rate, pod.now)));
    }

    private static String told(String odd) {
        return "two processes seem to answer for it: " + odd + SEVERAL;
    }

    /** Whether a process says that it was started after another one. */
    static boolean isLater(PodCounters last, PodCounters seen) {
        return last.processStart() > 0 && seen.processStart() > last.processStart() + SAME_START;
    }

    private static @Nullable String oddFall(PodChange.Fall fall, PodChange pod) {
        double from = pod.last.sum();
        double total = pod.seen.sum();
        boolean known = pod.before.earlier().stream()
                .anyMatch(earlier -> earlier > 0 && earlier <= total && total - earlier <= ON_COURSE * total);
        if (fall.to() > RESTARTED * fall.from()) {
            return fall + ", but a counter falls only to 0, and only when its process restarts";
        }
        if (total > from) {
            return fall + ", while the total of its pod rose from " + SeriesText.value(from) + " to "
                    + SeriesText.value(total);
        }
        if (known) {
            return fall + ", back to where its total was before: " + SeriesText.value(total);
        }
        return pod.before.unsettled() ? fall + ", again within a few readings" : null;
    }

    /** Back to where it was before it fell, and not by growing there; or in doubt already, and up by more than can be. */
    private static @Nullable String oddRise(PodChange pod) {
        double from = pod.last.sum();
        double to = pod.seen.sum();
        if (isReturn(from, to, pod.before)) {
            return "its total rose from " + SeriesText.value(from) + " to " + SeriesText.value(to)
                    + ", back to where it was before it fell, " + SeriesText.value(pod.before.ceiling());
        }
        return pod.before.doubted() && !pod.isBelieved()
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
}
