package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.metric.CounterFold;
import dev.portcullis.analysis.metric.CounterState;
import dev.portcullis.analysis.metric.Folded;
import dev.portcullis.analysis.metric.MeterReading;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted so far.
 *
 * @param measuring what the last poll gave
 * @param counters the counters as last read, from which the next difference is taken
 * @param open the window being counted; null until the first successful reading
 * @param totals everything counted since the analysis began, the open window included, by objective name
 * @param windowCount windows closed
 */
public record Measurement(
        Measuring measuring,
        CounterState counters,
        @Nullable OpenWindow open,
        Map<String, ArmCounts> totals,
        int windowCount) {
    /** Keeps its own copy. */
    public Measurement {
        totals = Map.copyOf(totals);
    }

    /** Nothing read yet, and why. */
    static Measurement none(String why) {
        return new Measurement(Measuring.unreachable(why), CounterState.NONE, null, Map.of(), 0);
    }

    /** With one more reading; one that failed changes no count. */
    Measurement plus(MeterReading reading, RunPlan plan, Instant now) {
        return switch (reading) {
            case MeterReading.Unreachable u ->
                new Measurement(Measuring.unreachable(u.detail()), counters, open, totals, windowCount);
            case MeterReading.Counters c -> folded(CounterFold.fold(counters, c), plan, now);
        };
    }

    private Measurement folded(Folded folded, RunPlan plan, Instant now) {
        if (open == null) {
            // The first reading is where counting starts.
            var first = OpenWindow.begin(plan, now, now);
            return new Measurement(measuring(totals, plan), folded.state(), first, totals, windowCount);
        }
        var counted = Tally.plus(totals, folded.increments());
        var window = open.plus(folded.increments(), now);
        return new Measurement(measuring(counted, plan), folded.state(), window, counted, windowCount);
    }

    private static Measuring measuring(Map<String, ArmCounts> totals, RunPlan plan) {
        return Tally.anyOfCanary(totals)
                ? Measuring.COUNTING
                : Measuring.noData(plan.arms().canary());
    }

    /**
     * The window that the last reading closes; null when it closes none. A window closes at the first successful reading at or after its planned end; at the
     * deadline it closes with what was read of it.
     */
    @Nullable
    Window closing(RunPlan plan, Instant now) {
        if (open == null || open.lastRead() == null) {
            return null;
        }
        var readAtItsEnd = measuring.state() != Measuring.State.UNREACHABLE
                && !plan.slot(now).isBefore(open.due());
        return readAtItsEnd || plan.isOver(now)
                ? new Window(windowCount + 1, open.start(), open.lastRead(), open.counts())
                : null;
    }

    /** After {@link #closing} gave that window: the next one begins where it ended. */
    Measurement closed(Window window, RunPlan plan, Instant now) {
        var next = OpenWindow.begin(plan, window.end(), now);
        return new Measurement(measuring, counters, next, totals, window.index());
    }
}
