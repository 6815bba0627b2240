package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.SeriesText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The difference of two readings of one pod.
 *
 * @param counts requests in between, by cut
 * @param state what the next reading of this pod is compared with, also when there is a fault
 * @param fault why it cannot be counted, as a sentence about the pod; null when it can
 * @param note what is left out of this reading, so that the others are counted all the same; null when nothing is
 */
record PodFold(
        List<Counts> counts,
        PodCounters state,
        @Nullable String fault,
        @Nullable String note) {
    /** Two counters of one pod are read one after the other: by so many requests the first may be behind. */
    static final double TORN = 5;

    /** The same, as a share of the requests since the last reading. */
    static final double TORN_SHARE = 0.02;

    static PodFold of(RatioNumerator numerator, @Nullable PodCounters last, PodCounters seen, Instant now) {
        if (last == null) {
            return startingPoint(seen, now);
        }
        PodChange change = new PodChange(last, seen, now);
        Doubt<PodCounters> doubt = ReadingChecks.of(change);
        if (doubt == null) {
            return change.startMoved()
                    ? new PodFold(nothing(seen), change.next(), null, ProcessCheck.toldOfMovedStart(change))
                    : between(numerator, change);
        }
        boolean begins = ProcessHistory.of(doubt.next()).waits() && !change.before.waits();
        return new PodFold(nothing(seen), doubt.next(), begins ? null : doubt.why(), begins ? doubt.why() : null);
    }

    /** Nothing counted, as it warms up. A series that leaves meanwhile stays known, unless its process was restarted. */
    static PodFold warming(@Nullable PodCounters last, PodCounters seen, Instant now) {
        PodFold beginning = startingPoint(seen, now);
        if (last == null) {
            return beginning;
        }
        PodChange change = new PodChange(last, seen, now);
        return change.restarted() || ReadingChecks.ofProcess(change) != null
                ? beginning
                : new PodFold(beginning.counts, PodChange.onwards(last, beginning.state), null, null);
    }

    /** Nothing counted; the next difference is taken from here. */
    static PodFold startingPoint(PodCounters seen, Instant now) {
        return new PodFold(nothing(seen), seen.with(ProcessHistory.begin(now)), null, null);
    }

    /** Of a pod that is not there. What waits must not vanish with it. */
    static PodFold absent(PodCounters last) {
        ProcessHistory history = ProcessHistory.of(last);
        if (!history.waits()) {
            return new PodFold(nothing(last), last, null, null);
        }
        PodCounters next = last.with(history.absent());
        boolean over = !ProcessHistory.of(next).waits();
        String gone =
                history.why() + ", but the pod is gone; it is waited for during " + ProcessHistory.FEW + " readings";
        return new PodFold(nothing(last), next, over ? null : gone, null);
    }

    /** Whether it is put off until the next reading. */
    boolean waits() {
        return fault == null && ProcessHistory.of(state).waits();
    }

    private static List<Counts> nothing(PodCounters seen) {
        return Collections.nCopies(seen.parts().size(), Counts.NONE);
    }

    private static String word(RatioNumerator numerator) {
        return numerator == RatioNumerator.GOOD ? "good" : "bad";
    }

    /**
     * Bad is held between 0 and total; what that cuts off is carried over, so that in the long run nothing is lost or invented. What more is cut off than two
     * readings one after the other explain is no carry: it would never be made up for.
     */
    private static PodFold between(RatioNumerator numerator, PodChange change) {
        PodCounters last = change.from();
        PodCounters seen = change.seen;
        double total = PodChange.increase(last.total(), seen.total());
        List<Counts> counts = new ArrayList<>();
        List<Double> carries = new ArrayList<>();
        for (int i = 0; i < seen.parts().size(); i++) {
            double part = PodChange.increase(last.parts().get(i), seen.parts().get(i));
            double carried = last.carries().get(i);
            double due = (numerator == RatioNumerator.GOOD ? total - part : part) + carried;
            double bad = Math.clamp(due, 0, total);
            if (Math.abs(due - bad) > torn(change.last, due - bad, carried, total)) {
                return new PodFold(nothing(seen), change.last, tooMuch(numerator, due, total), null);
            }
            counts.add(new Counts(bad, total));
            carries.add(due - bad);
        }
        return new PodFold(counts, change.next().carrying(carries), null, null);
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

    private static String tooMuch(RatioNumerator numerator, double due, double total) {
        double part = numerator == RatioNumerator.GOOD ? total - due : due;
        return "it counted " + SeriesText.value(part) + " " + word(numerator) + " requests and "
                + SeriesText.value(total) + " in total since it was counted last; let " + word(numerator)
                + " select a subset of what total selects";
    }
}
