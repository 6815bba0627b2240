package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.CounterReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What readings make of an analysis: a pure function of both, so that a poll that could not be stored can be repeated.
 *
 * @param run the analysis after the readings
 * @param closed the windows that the readings closed, oldest first
 * @param newShortage whether it is the first to show that the traffic cannot bring a PASS before the deadline
 * @param judge of the analysis after those windows, to be remembered once they are stored; null when nothing was judged
 */
public record Poll(
        AnalysisRun run,
        List<Window> closed,
        boolean newShortage,
        @Nullable RunJudge judge) {
    public Poll {
        closed = List.copyOf(closed);
    }

    /**
     * Adds one reading to a running analysis, judges it when that closes a window, and ends it when that is due.
     *
     * @param now when the reading was taken
     * @param earlier gives the windows closed so far, oldest first; asked for only when there is something to judge
     */
    public static Poll of(AnalysisRun run, CounterReading reading, Instant now, Supplier<List<Window>> earlier) {
        return of(run, new TreeMap<>(Map.of(now, reading)), new RunJudges(1), earlier);
    }

    /**
     * Adds readings to a running analysis one after the other, until it ends.
     *
     * @param readings by the moment they were asked for; one at least
     * @param judges remembered of earlier polls
     * @param stored gives the windows stored so far, oldest first; asked for only when they are needed
     */
    public static Poll of(
            AnalysisRun run,
            SortedMap<Instant, CounterReading> readings,
            RunJudges judges,
            Supplier<List<Window>> stored) {
        var poll = new Poll(run, List.of(), false, null);
        for (var reading : readings.entrySet()) {
            if (poll.run.isRunning()) {
                poll = poll.plus(reading.getValue(), reading.getKey(), judges, stored);
            }
        }
        return poll;
    }

    private Poll plus(CounterReading reading, Instant now, RunJudges judges, Supplier<List<Window>> stored) {
        var plan = run.plan();
        var counted = run.measurement().plus(reading, now, plan);
        var window = counted.closing(plan, reading.counted(now), now);
        if (window == null) {
            var assessed = withoutWindow(counted, now, stored);
            return new Poll(run.with(counted, assessed).settled(now), closed, newShortage, judge);
        }
        var judging = judge(counted.counters().buckets(), judges, stored);
        judging.add(window);
        var windows = Stream.concat(closed.stream(), Stream.of(window)).toList();
        var assessed = judging.assess(plan.isOver(now), () -> all(stored, windows));
        return new Poll(
                run.with(counted.closed(window, plan, reading.counted(now)), assessed)
                        .settled(now),
                windows,
                newShortage || assessed.shortage() != null && run.assessment().shortage() == null,
                judging);
    }

    /** Nothing new to judge; but a judge that looks at the deadline looks then, whether or not a window closes. */
    private Assessment withoutWindow(Measurement counted, Instant now, Supplier<List<Window>> stored) {
        var plan = run.plan();
        if (plan.settings().score() == null || !plan.isOver(now)) {
            return run.assessment();
        }
        var windows = all(stored, closed);
        return RunJudge.after(windows, plan, counted.counters().buckets()).assess(true, () -> windows);
    }

    /** The judge of the windows closed so far, with the buckets that the next one is to be judged by. */
    private RunJudge judge(Map<String, Buckets> buckets, RunJudges judges, Supplier<List<Window>> stored) {
        if (judge != null && judge.judgesBy(buckets)) {
            return judge;
        }
        return closed.isEmpty()
                ? judges.take(run, buckets, stored)
                : RunJudge.after(all(stored, closed), run.plan(), buckets);
    }

    private static List<Window> all(Supplier<List<Window>> stored, List<Window> closed) {
        return Stream.concat(stored.get().stream(), closed.stream()).toList();
    }
}
