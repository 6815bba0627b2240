package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.FoldRules;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an analysis was told to do, fixed at its start: later changes of the configuration don't reach it.
 *
 * @param objectives the service's objectives as they were then
 * @param arms what tells the canary's series from the baseline's
 * @param begin when the analysis began; the rhythm of polls is counted from here
 * @param traceparent W3C trace context of the call that began it; empty for none
 * @param history what was known of the stable version's past then; null for nothing
 */
public record RunPlan(
        ServiceObjectives objectives,
        Arms arms,
        Instant begin,
        String traceparent,
        @Nullable StableHistory history) {
    /** Refuses a rhythm that never advances. */
    public RunPlan {
        requirePositive("poll", objectives.settings().rhythm().poll());
        requirePositive("window", objectives.settings().rhythm().window());
    }

    /** A plan for a service of which nothing is known. */
    public RunPlan(ServiceObjectives objectives, Arms arms, Instant begin, String traceparent) {
        this(objectives, arms, begin, traceparent, null);
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("analysis." + what + ": " + value + " is not longer than 0");
        }
    }

    public AnalysisSettings settings() {
        return objectives.settings();
    }

    /** What the folding of its counters needs to know. */
    FoldRules foldRules() {
        return FoldRules.of(objectives.objectives(), arms, settings().rhythm().warmUp());
    }

    /** When an undecided analysis becomes INCONCLUSIVE. */
    public Instant deadline() {
        return begin.plus(settings().rhythm().deadline());
    }

    /** From when on a PASS may be given. */
    public Instant bakeOver() {
        return begin.plus(settings().rhythm().bake());
    }

    /** Whether the deadline has come. */
    public boolean isOver(Instant now) {
        return !now.isBefore(deadline());
    }

    /**
     * The place in the rhythm that a poll at {@code now} takes: the last multiple of the poll interval since the beginning. Windows are measured by it and not
     * by the clock, so that a poll that is some milliseconds late doesn't lengthen a window by a whole interval.
     */
    Instant slot(Instant now) {
        var poll = settings().rhythm().poll();
        var passed = Math.floorDiv(Duration.between(begin, now).toNanos(), poll.toNanos());
        return begin.plus(poll.multipliedBy(passed));
    }

    /** When the next poll is due after one at {@code now}; missed ones are not made up for, and the deadline is not overslept. */
    Instant nextPoll(Instant now) {
        var next = slot(now).plus(settings().rhythm().poll());
        return next.isAfter(deadline()) ? deadline() : next;
    }
}
