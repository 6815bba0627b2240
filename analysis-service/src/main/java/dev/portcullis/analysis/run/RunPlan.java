package dev.portcullis.analysis.run;

import dev.portcullis.analysis.fold.FoldRules;
import dev.portcullis.analysis.fold.ReadingChange;
import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an analysis was told to do, fixed at its start: later changes of the configuration don't reach it.
 *
 * @param purpose what is judged; a restored version takes the place of the canary
 * @param objectives the service's objectives as they were then
 * @param arms what tells the canary's series from the baseline's
 * @param begin when the analysis began; when the deadline and the bake time are counted from
 * @param traceparent W3C trace context of the call that began it; empty for none
 * @param history what was known of the stable version's past then; null for nothing
 * @param previous what was counted of the release before; null when there is a baseline, or no such record
 */
public record RunPlan(
        Purpose purpose,
        ServiceObjectives objectives,
        Arms arms,
        Instant begin,
        String traceparent,
        @Nullable StableHistory history,
        @Nullable PreviousRelease previous) {
    /** Refuses a rhythm that never advances. */
    public RunPlan {
        requirePositive("poll", objectives.settings().timing().poll());
        requirePositive("window", objectives.settings().timing().window());
    }

    /** A plan to judge a release of a service of which nothing is known. */
    public RunPlan(ServiceObjectives objectives, Arms arms, Instant begin, String traceparent) {
        this(Purpose.RELEASE, objectives, arms, begin, traceparent, null, null);
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("analysis." + what + ": " + value + " is not longer than 0");
        }
    }

    public AnalysisSettings settings() {
        return objectives.settings();
    }

    /** Whether it judges a recovery. */
    public boolean isRecovery() {
        return purpose == Purpose.RECOVERY;
    }

    /** What the folding of its counters needs to know. */
    FoldRules foldRules() {
        return FoldRules.of(objectives.objectives(), arms, settings().timing().warmUp(), begin);
    }

    /** What the checks of its readings need to know. */
    ReadingChange.Rules readingRules() {
        var timing = settings().timing();
        var baseline = arms.baseline();
        var named = objectives.baseline().label() == null && baseline != null
                ? baselineName() + " '" + baseline.value() + "'"
                : baselineName();
        return new ReadingChange.Rules(
                arms, purpose.subject(), baselineName(), named, timing.poll(), timing.window(), goodApart());
    }

    private Map<String, Selector> goodApart() {
        var apart = new HashMap<String, Selector>();
        for (var objective : objectives.objectives()) {
            if (objective.indicator() instanceof RatioIndicator ratio && ratio.countsGoodApart()) {
                apart.put(objective.name(), ratio.part());
            }
        }
        return apart;
    }

    /** When an undecided analysis becomes INCONCLUSIVE. */
    public Instant deadline() {
        return begin.plus(settings().timing().deadline());
    }

    /** Who the canary is compared with, e.g. "stable version". */
    public String baselineName() {
        var choice = objectives.baseline();
        return choice.label() == null ? "stable version" : "baseline " + choice.label() + "=" + choice.value();
    }

    /**
     * How much of a window counts towards the bake time: none of it when the canary served no request in it, and of one in which readings were missed no more than another window takes.
     */
    Duration baked(Window window) {
        if (!CountSums.anyOfCanary(window.counts())) {
            return Duration.ZERO;
        }
        var length = Duration.between(window.start(), window.end());
        var longest = settings().timing().window().plus(settings().timing().poll());
        return length.compareTo(longest) > 0 ? longest : length;
    }

    /** Whether the deadline has come. */
    public boolean isOver(Instant now) {
        return !now.isBefore(deadline());
    }

    /** What it wants to be read. */
    public ReadRequest request() {
        return new ReadRequest(objectives.objectives(), arms);
    }

    /**
     * The place in the rhythm of a poll at {@code now}: the last whole multiple of the poll interval since 1970, so that all analyses
     * of an interval want their counters at the same moments, and one query can answer them. Windows are measured by it and not by the
     * clock: a poll that is some milliseconds late doesn't lengthen a window by a whole interval.
     */
    Instant slot(Instant now) {
        var poll = settings().timing().poll();
        var passed = Duration.between(Instant.EPOCH, now).dividedBy(poll);
        var slot = Instant.EPOCH.plus(poll.multipliedBy(passed));
        return slot.isAfter(now) ? slot.minus(poll) : slot;
    }

    /** When the next poll is due after one at {@code now}; the deadline is not overslept. */
    Instant nextPoll(Instant now) {
        var next = slot(now).plus(settings().timing().poll());
        return next.isAfter(deadline()) ? deadline() : next;
    }

    /**
     * The moments whose counters are to be read by a poll at {@code now}: that of its place in the rhythm, and before it those missed
     * since the last reading.
     *
     * @param last when the counters were read last; null when they never were
     * @param most how many at most; the earliest are given, so that the next poll goes on from there
     */
    Moments unread(@Nullable Instant last, Instant now, int most) {
        var poll = settings().timing().poll();
        var latest = isOver(now) ? slot(deadline()) : slot(now);
        if (last != null) {
            var first = slot(last).plus(poll);
            var missed = Duration.between(first, latest).dividedBy(poll) + 1;
            if (!first.isAfter(latest) && missed > 0) {
                return new Moments(first, poll, (int) Math.min(missed, most));
            }
        }
        var present = isOver(now) ? deadline() : latest.isBefore(begin) ? begin : latest;
        // Never the same moment twice, nor an earlier one: counters would seem to fall.
        return Moments.at(last == null || present.isAfter(last) ? present : now);
    }
}
