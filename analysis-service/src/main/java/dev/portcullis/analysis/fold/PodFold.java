package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.Growth;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.ProcessHistory.Waiting;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.SeriesText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The difference of two readings of one pod. The texts are sentences about the pod.
 *
 * @param counts requests in between, by cut
 * @param state what the next reading of this pod is compared with, also when there is a fault
 * @param uncounted the same when nothing of the reading can be counted, for the sake of another pod; empty when it is what this reading was compared with
 * @param fault why it cannot be counted; empty when it can
 * @param note what is left out of this reading, so that the others are counted all the same
 * @param waits what is not known yet, so that none is passed meanwhile
 * @param lost what was seen and cannot be counted any more, so that none is passed in this analysis
 */
record PodFold(
        List<Counts> counts,
        PodCounters state,
        Optional<PodCounters> uncounted,
        Optional<String> fault,
        Optional<String> note,
        Optional<String> waits,
        Optional<String> lost) {
    /** Two counters of one pod are read one after the other: by so many requests the first may be behind. */
    static final double TORN = 5;

    /** The same, as a share of the requests since the last reading. */
    static final double TORN_SHARE = 0.02;

    /** @param ofOthers the most requests a second that another pod of its arm was seen to serve; 0 when there is none */
    static PodFold of(RatioNumerator numerator, PodCounters last, PodCounters seen, double ofOthers, Instant now) {
        PodChange change = new PodChange(last, seen, ofOthers, now);
        Doubt<PodCounters> doubt = ReadingChecks.of(change);
        if (doubt != null) {
            return faulty(change, doubt);
        }
        return change.startMoved()
                ? beginning(change.next()).noting(ProcessCheck.toldOfMovedStart(change))
                : PlausibleGrowth.fold(numerator, change);
    }

    /** Nothing of it is counted. What waited is lost unless it waits on, and so is what is left out though one process counted it. */
    private static PodFold faulty(PodChange change, Doubt<PodCounters> doubt) {
        ProcessHistory next = ProcessHistory.of(doubt.next());
        boolean lost = !next.waits() && (change.before.waits() || !next.doubted() && doubt.next() != change.last);
        return new PodFold(
                nothing(change.seen),
                doubt.next(),
                Optional.of(doubt.next()),
                Optional.of(doubt.why()),
                Optional.empty(),
                Optional.empty(),
                lost ? Optional.of(gone(doubt.why())) : Optional.empty());
    }

    /** Nothing counted, as it warms up. A series that leaves meanwhile stays known, unless its process was restarted, and so does what is doubted. */
    static PodFold warming(@Nullable PodCounters last, PodCounters seen, Instant now) {
        if (last == null) {
            return startingPoint(seen, now);
        }
        PodChange change = new PodChange(last, seen, 0, now);
        Doubt<PodCounters> doubt = ReadingChecks.ofProcess(change);
        PodCounters next = doubt == null ? change.next() : doubt.next();
        return beginning(next.carrying(Collections.nCopies(next.parts().size(), 0.0)));
    }

    /** Nothing counted; the next difference is taken from here. */
    static PodFold startingPoint(PodCounters seen, Instant now) {
        return beginning(seen.with(ProcessHistory.begin(now)));
    }

    private static PodFold beginning(PodCounters state) {
        return new PodFold(
                nothing(state),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private PodFold noting(String what) {
        return new PodFold(counts, state, uncounted, fault, Optional.of(what), waits, lost);
    }

    /** The fold of a pod that was not read before and whose process was started while requests were counted, so that all it has served counts. */
    static PodFold sinceStart(RatioNumerator numerator, PodCounters seen, double ofOthers, Instant now) {
        PodCapacity capacity = PodCapacity.sinceStart(seen.processStart(), ofOthers, now);
        Growth growth = PodChange.all(seen);
        double rate = growth.total() / capacity.seconds();
        if (capacity.explains(0, growth.total())) {
            return counted(numerator, growth, seen, seen.with(ProcessHistory.begin(now, rate)));
        }
        String why = "it is new and has served " + SeriesText.value(growth.total()) + " requests in "
                + SeriesText.value(capacity.seconds()) + " s, far more than another pod of its version";
        Waiting waiting = new Waiting(growth, growth.failed(numerator), rate, true, 0, why);
        PodCounters state = seen.with(ProcessHistory.begin(now).waitingFor(waiting));
        return new PodFold(
                nothing(seen),
                state,
                Optional.of(state),
                Optional.empty(),
                Optional.empty(),
                Optional.of(waits(waiting)),
                Optional.empty());
    }

    /** What is to be said of a pod that is not there. Failed requests that wait do not vanish with it. */
    static Optional<String> absent(PodCounters last) {
        return ProcessHistory.of(last)
                .waiting()
                .filter(Waiting::failed)
                .map(waiting -> waiting.why() + ", but the pod is gone; without it none is passed");
    }

    /** Whether nothing was counted of a pod since it was read once. */
    static boolean isReadOnce(@Nullable PodCounters last) {
        ProcessHistory history = last == null ? null : last.history();
        return history != null && history.earlier().isEmpty() && history.busiest() == 0 && !history.waits();
    }

    private static List<Counts> nothing(PodCounters seen) {
        return Collections.nCopies(seen.parts().size(), Counts.NONE);
    }

    private static String word(RatioNumerator numerator) {
        return numerator == RatioNumerator.GOOD ? "good" : "bad";
    }

    /** The fold of a pod that one process counts. */
    static PodFold grown(
            RatioNumerator numerator,
            PodChange change,
            Growth growth,
            ProcessHistory history,
            Optional<Waiting> waiting) {
        PodCounters next = change.next(waiting.map(history::waitingFor).orElse(history));
        PodFold fold = counted(numerator, growth, change.last, next);
        return fold.fault.isPresent()
                ? fold
                : new PodFold(
                        fold.counts,
                        fold.state,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        waiting.map(PodFold::waits),
                        Optional.empty());
    }

    /** The same, unless it has a fault, where something else has to be kept when nothing of the reading can be counted. */
    PodFold keeping(PodCounters otherwise) {
        return fault.isPresent() ? this : new PodFold(counts, state, Optional.of(otherwise), fault, note, waits, lost);
    }

    /** The same, unless it has a fault, after what waited was not borne out. */
    PodFold refuting(Waiting waited) {
        return fault.isPresent() || !waited.failed()
                ? this
                : new PodFold(counts, state, uncounted, fault, note, waits, Optional.of(gone(waited.why())));
    }

    private static String waits(Waiting waiting) {
        return waiting.why() + ", and is counted when "
                + (waiting.leap() ? "the pod goes on at such a rate" : "the next reading goes on from there");
    }

    private static String gone(String why) {
        return why + "; failed requests may be among those that cannot be counted any more, so that none is passed";
    }

    /**
     * Bad is held between 0 and total; what that cuts off is carried over, so that in the long run nothing is lost or invented. What more is cut off than two
     * readings one after the other explain is no carry: it would never be made up for.
     *
     * @param last what the growth is counted from; also when its process was restarted
     */
    private static PodFold counted(RatioNumerator numerator, Growth growth, PodCounters last, PodCounters next) {
        double total = growth.total();
        List<Counts> counts = new ArrayList<>();
        List<Double> carries = new ArrayList<>();
        for (int i = 0; i < growth.parts().size(); i++) {
            double part = growth.parts().get(i);
            double carried = next.carries().get(i);
            double due = (numerator == RatioNumerator.GOOD ? total - part : part) + carried;
            double bad = Math.clamp(due, 0, total);
            if (Math.abs(due - bad) > torn(last, due - bad, carried, total)) {
                return beginning(last).failing(tooMuch(numerator, due, total));
            }
            counts.add(new Counts(bad, total));
            carries.add(due - bad);
        }
        return new PodFold(
                counts,
                next.carrying(carries),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private PodFold failing(String why) {
        return new PodFold(counts, state, uncounted, Optional.of(why), note, waits, lost);
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
