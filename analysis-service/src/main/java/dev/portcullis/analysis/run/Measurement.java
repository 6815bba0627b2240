package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.fold.CounterFold;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.ReadingChange;
import dev.portcullis.analysis.fold.ReadingChange.Consequence;
import dev.portcullis.analysis.fold.ReadingChecks;
import dev.portcullis.analysis.metric.CounterReading;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted so far.
 *
 * @param measuringStatus what the last poll gave
 * @param counters the counters as last read, from which the next difference is taken
 * @param open the window being counted; null until the first successful reading
 * @param totals everything counted since the analysis began, the open window included
 * @param windowCount windows closed
 */
public record Measurement(
        MeasuringStatus measuringStatus,
        CounterState counters,
        @Nullable OpenWindow open,
        Totals totals,
        int windowCount) {
    /**
     * Everything counted since the analysis began.
     *
     * @param counts by objective name
     * @param canaryPods the canary's, by objective name and pod; of a latency, bad are those slower than its threshold
     * @param lastRequest the last reading in which a request of the canary was counted; null while none was
     */
    public record Totals(
            Map<String, Observation> counts,
            Map<String, Map<String, Counts>> canaryPods,
            @Nullable Instant lastRequest) {
        /** Nothing counted. */
        public static final Totals NONE = new Totals(Map.of(), Map.of(), null);

        /** Keeps its own copy. */
        public Totals {
            counts = Map.copyOf(counts);
            canaryPods = Map.copyOf(canaryPods);
        }

        Totals plus(CounterFold fold, Instant now) {
            var served = CountSums.anyOfCanary(fold.increments());
            return new Totals(
                    CountSums.plus(counts, fold.increments()),
                    CountSums.ofPods(canaryPods, fold.canaryPods()),
                    served ? now : lastRequest);
        }
    }

    /** Nothing read yet, and why. */
    static Measurement none(String why) {
        return new Measurement(MeasuringStatus.unreachable(why), CounterState.NONE, null, Totals.NONE, 0);
    }

    /**
     * With one more reading; one that failed, or has nothing new, changes no count.
     *
     * @param asked the moment its counters were asked for
     */
    Measurement plus(CounterReading reading, Instant asked, RunPlan plan) {
        return switch (reading) {
            case CounterReading.Unreachable u ->
                new Measurement(MeasuringStatus.unreachable(u.detail()), counters, open, totals, windowCount);
            case CounterReading.Counters c -> plus(c, asked, plan);
        };
    }

    private Measurement plus(CounterReading.Counters reading, Instant asked, RunPlan plan) {
        var at = reading.counted(asked);
        var change = new ReadingChange(counters, reading, totals.counts(), plan.readingRules(), at);
        var doubts = new EnumMap<Consequence, String>(Consequence.class);
        ReadingChecks.of(change).forEach(doubt -> doubts.putIfAbsent(doubt.next(), doubt.why()));
        var unfit = unfit(doubts);
        if (unfit != null) {
            return uncounted(unfit, counters, at);
        }
        var replaced = doubts.get(Consequence.STARTING_POINT);
        var fold = replaced == null
                ? CounterFold.fold(change.settled(), reading, plan.foldRules(), at)
                : CounterFold.startingPoint(change.settled(), reading, plan.foldRules(), at, replaced);
        var counted = folded(fold, reading, asked, plan);
        var withheld = fold.withheld().isEmpty() ? null : String.join("; ", fold.withheld());
        var unpassed = doubts.getOrDefault(Consequence.NO_PASS, withheld);
        return unpassed == null || counted.measuringStatus.state() != MeasuringStatus.State.MEASURING
                ? counted
                : new Measurement(
                        MeasuringStatus.unreachable(unpassed),
                        counted.counters,
                        counted.open,
                        counted.totals,
                        counted.windowCount);
    }

    private static @Nullable MeasuringStatus unfit(Map<Consequence, String> doubts) {
        var gone = doubts.get(Consequence.CANARY_GONE);
        var unfit = doubts.get(Consequence.UNCOUNTED);
        return gone != null ? MeasuringStatus.gone(gone) : unfit != null ? MeasuringStatus.unreachable(unfit) : null;
    }

    /** What cannot be counted as a whole is not counted in part: the windows of all objectives cover the same time. */
    private Measurement uncounted(MeasuringStatus why, CounterState known, Instant now) {
        return new Measurement(why, known, open == null ? null : open.passing(now), totals, windowCount);
    }

    private Measurement folded(CounterFold fold, CounterReading.Counters reading, Instant asked, RunPlan plan) {
        var at = reading.counted(asked);
        if (!fold.faults().isEmpty()) {
            return uncounted(MeasuringStatus.unreachable(String.join("; ", fold.faults())), fold.state(), at);
        }
        if (isOld(reading, at)) {
            return new Measurement(measuringStatus(totals, fold, plan), counters, open, totals, windowCount);
        }
        if (open == null) {
            // The first reading is where counting starts.
            var first = OpenWindow.begin(plan, at, at);
            return new Measurement(measuringStatus(totals, fold, plan), fold.state(), first, totals, windowCount);
        }
        var counted = totals.plus(fold, asked);
        return new Measurement(
                measuringStatus(counted, fold, plan), fold.state(), open.plus(fold, at), counted, windowCount);
    }

    /** Whether it has no sample that is newer than those of the last one: a source that is sent counters has them once in each interval in which they are sent. */
    private boolean isOld(CounterReading.Counters reading, Instant at) {
        return open != null && reading.moment() != null && !at.isAfter(open.counted());
    }

    private static MeasuringStatus measuringStatus(Totals totals, CounterFold fold, RunPlan plan) {
        return CountSums.anyOfCanary(totals.counts())
                ? MeasuringStatus.counting(fold.notes())
                : MeasuringStatus.noData(plan.purpose(), plan.arms().canary(), fold.notes());
    }

    /**
     * The window that the last reading closes; null when it closes none. A window closes at the first successful reading at or after its planned end; at the
     * deadline it closes with what was read of it.
     *
     * @param at when the counters of that reading stood so
     * @param asked the moment they were asked for
     */
    @Nullable
    Window closing(RunPlan plan, Instant at, Instant asked) {
        if (open == null || open.lastRead() == null) {
            return null;
        }
        var readAtItsEnd = at.equals(open.lastRead()) && !plan.slot(at).isBefore(open.due());
        return readAtItsEnd || plan.isOver(asked) ? open.closed(windowCount + 1, open.lastRead()) : null;
    }

    /** After {@link #closing} gave that window: the next one begins where it ended. */
    Measurement closed(Window window, RunPlan plan, Instant read) {
        var next = OpenWindow.begin(plan, window.end(), read);
        return new Measurement(measuringStatus, counters, next, totals, window.index());
    }

    /** What was left out of the last reading and why, one line each. */
    public List<String> notes() {
        return measuringStatus.notes();
    }
}
