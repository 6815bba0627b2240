package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.MeterReading;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one reading makes of an analysis: a pure function, so that a poll that could not be stored can be repeated.
 *
 * @param run the analysis after the reading
 * @param closed the window that the reading closed; null when it closed none
 * @param newShortage whether it is the first to show that the traffic cannot bring a PASS before the deadline
 */
public record Poll(AnalysisRun run, @Nullable Window closed, boolean newShortage) {
    /**
     * Adds a reading to a running analysis, judges it when that closes a window, and ends it when that is due.
     *
     * @param now when the reading was taken
     * @param earlier gives the windows closed so far, oldest first; asked for only when there is something to judge
     */
    public static Poll of(AnalysisRun run, MeterReading reading, Instant now, Supplier<List<Window>> earlier) {
        var plan = run.plan();
        var counted = run.measurement().plus(reading, plan, now);
        var window = counted.closing(plan, now);
        if (window == null) {
            return new Poll(
                    run.with(counted, withoutWindow(run, counted, now, earlier)).settled(now), null, false);
        }
        var windows = Stream.concat(earlier.get().stream(), Stream.of(window)).toList();
        var assessed = new RunJudge(plan, counted.counters().buckets()).assess(windows, plan.isOver(now));
        var newShortage = assessed.shortage() != null && run.assessment().shortage() == null;
        return new Poll(run.with(counted.closed(window, plan, now), assessed).settled(now), window, newShortage);
    }

    /** Nothing new to judge; but a judge that looks at the deadline looks then, whether or not a window closes. */
    private static Assessment withoutWindow(
            AnalysisRun run, Measurement counted, Instant now, Supplier<List<Window>> earlier) {
        var plan = run.plan();
        return plan.settings().score() != null && plan.isOver(now)
                ? new RunJudge(plan, counted.counters().buckets()).assess(earlier.get(), true)
                : run.assessment();
    }
}
