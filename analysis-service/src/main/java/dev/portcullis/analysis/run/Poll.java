package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.MeterReading;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What readings make of an analysis: a pure function of both, so that a poll that could not be stored can be repeated.
 *
 * @param run the analysis after the readings
 * @param closed the windows that the readings closed, oldest first
 * @param newShortage whether it is the first to show that the traffic cannot bring a PASS before the deadline
 * @param progress the judging of the analysis after those windows, to be remembered once they are stored; null when nothing was judged
 */
public record Poll(
        AnalysisRun run,
        List<Window> closed,
        boolean newShortage,
        @Nullable JudgeProgress progress) {
    public Poll {
        closed = List.copyOf(closed);
    }

    /**
     * Adds one reading to a running analysis, judges it when that closes a window, and ends it when that is due.
     *
     * @param now when the reading was taken
     * @param earlier gives the windows closed so far, oldest first; asked for only when there is something to judge
     */
    public static Poll of(AnalysisRun run, MeterReading reading, Instant now, Supplier<List<Window>> earlier) {
        return of(run, List.of(new TimedReading(now, reading)), new JudgeProgresses(1), earlier);
    }

    /**
     * Adds readings to a running analysis one after the other, until it ends.
     *
     * @param readings earliest first; one at least
     * @param memory of what was judged in earlier polls
     * @param stored gives the windows stored so far, oldest first; asked for only when they are needed
     */
    public static Poll of(
            AnalysisRun run, List<TimedReading> readings, JudgeProgresses memory, Supplier<List<Window>> stored) {
        var step = new PollSteps(run, memory, stored);
        for (TimedReading reading : readings) {
            if (step.isRunning()) {
                step.add(reading);
            }
        }
        return step.poll();
    }
}
