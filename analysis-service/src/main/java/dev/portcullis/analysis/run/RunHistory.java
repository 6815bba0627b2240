package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.analysis.judge.RatioBounds;
import dev.portcullis.analysis.judge.SequentialJudge;
import dev.portcullis.analysis.judge.SloLimits;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How the evidence of an analysis grew and how its bounds narrowed, computed again from its windows by the judge that decided.
 *
 * <p>A bound costs a dozen looks at every window up to its point, some microseconds a window. So that a long analysis costs no more
 * than a short one, there are at most {@value #MOST_POINTS} points, and the fewer the more windows and objectives there are: all bounds
 * together take in {@value #MOST_LOOKS} windows, a quarter of a second, or each window once where there are more.
 */
final class RunHistory {
    static final int MOST_POINTS = 120;
    static final int MOST_LOOKS = 60_000;

    private static final ConfidenceInterval NOTHING =
            new ConfidenceInterval(OptionalDouble.empty(), OptionalDouble.empty());

    private final JudgePlan limits;
    private final boolean compares;
    private final List<Window> windows;
    private final List<List<Observation>> observed;

    /**
     * @param compares whether there is a baseline
     * @param windows oldest first
     * @param observed what was seen in each of them, in the order of the plan
     */
    RunHistory(JudgePlan limits, boolean compares, List<Window> windows, List<List<Observation>> observed) {
        this.limits = limits;
        this.compares = compares;
        this.windows = windows;
        this.observed = observed;
    }

    /** Oldest first; of the last window last. Empty when there is none. */
    List<HistoryPoint> points() {
        var judge = new SequentialJudge(limits).begin();
        var objectives = IntStream.range(0, limits.objectives().size())
                .mapToObj(this::series)
                .toList();
        var step = step(windows.size(), limits.objectives().size() * (compares ? 2 : 1));
        List<HistoryPoint> points = new ArrayList<>();
        for (var i = 0; i < windows.size(); i++) {
            judge.add(observed.get(i), false);
            if ((i + 1) % step == 0 || i == windows.size() - 1) {
                points.add(point(i + 1, judge.judgement(), objectives));
            }
        }
        return points;
    }

    /**
     * One point for so many windows; the last one may be nearer to the one before.
     *
     * @param bounds that each point has, 1 or more
     */
    static int step(int windows, int bounds) {
        // A bound takes in half of the windows on average.
        var affordable = Math.clamp(2L * MOST_LOOKS / Math.max(1, (long) windows * bounds), 1, MOST_POINTS);
        return Math.max(1, Math.ceilDiv(windows, affordable));
    }

    private HistoryPoint point(int closed, Judgement judgement, List<Series> objectives) {
        return new HistoryPoint(
                windows.get(closed - 1),
                judgement,
                objectives.stream().map(series -> series.after(closed)).toList());
    }

    private Series series(int objective) {
        var plan = limits.objectives().get(objective);
        return new Series(
                plan,
                observed.stream()
                        .map(window -> window.get(objective).at(plan.cuts().fail()))
                        .toList());
    }

    /** The counts of one objective, window by window. */
    private final class Series {
        private final ObjectivePlan plan;
        private final List<ArmCounts> canary;
        private final List<ArmCounts> baseline;
        private final List<ArmCounts> sums = new ArrayList<>();

        Series(ObjectivePlan plan, List<ArmCounts> counts) {
            this.plan = plan;
            this.canary = counts;
            this.baseline = counts.stream()
                    .map(window -> ArmCounts.ofCanary(window.baseline()))
                    .toList();
            var sum = ArmCounts.NONE;
            for (var window : counts) {
                sum = sum.plus(window);
                sums.add(sum);
            }
        }

        ObjectiveHistory after(int closed) {
            return new ObjectiveHistory(
                    plan.name(),
                    sums.get(closed - 1),
                    bounds(canary.subList(0, closed)),
                    compares ? Optional.of(bounds(baseline.subList(0, closed))) : Optional.empty());
        }

        /** As {@link ObjectiveBounds} has them: several cuts share alpha and beta. */
        private ConfidenceInterval bounds(List<ArmCounts> counts) {
            SloLimits slo = plan.slo();
            var cuts = plan.cuts().number();
            return slo == null ? NOTHING : RatioBounds.ratio(slo, limits.alpha() / cuts, limits.beta() / cuts, counts);
        }
    }
}
