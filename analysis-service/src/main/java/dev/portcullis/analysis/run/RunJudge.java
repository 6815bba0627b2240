package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.RunningJudgement;
import dev.portcullis.analysis.judge.SequentialJudge;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The judge of one analysis, which folds its windows one by one as they close. The assessment is a pure function of the plan, the
 * buckets and the closed windows: whoever has them can recompute it, bit for bit. Not thread-safe.
 */
public final class RunJudge {
    private final RunPlan plan;
    private final Map<String, Buckets> buckets;
    private final JudgePlan limits;
    private final @Nullable ScoreLooks looks;
    private final RunningJudgement running;
    /** The judgements after the last windows, oldest first: the present one, and as many before it as make a pace. */
    private final Deque<Judgement> judgements = new ArrayDeque<>();

    private Map<String, Observation> counts = Map.of();
    private int windows;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private Duration baked = Duration.ZERO;
    private @Nullable Instant passTime;
    private Map<String, Observation> passCounts = Map.of();

    /**
     * A judge of an analysis that has closed no window.
     *
     * @param buckets of the latency objectives, as far as they are chosen
     * @throws dev.portcullis.analysis.judge.InvalidPlanException when the objectives' limits are ones that no test is defined for, or
     *     the chosen judge needs a baseline and there is none
     */
    public RunJudge(RunPlan plan, Map<String, Buckets> buckets) {
        this.plan = plan;
        this.buckets = Map.copyOf(buckets);
        this.limits = JudgePlans.of(plan.objectives(), plan.arms().baseline() != null, buckets);
        var score = plan.settings().score();
        this.looks = score == null ? null : new ScoreLooks(plan, score, buckets);
        this.running = new SequentialJudge(limits).begin();
        judgements.add(running.judgement());
    }

    /** The judge of an analysis after these windows, which are all that it closed, oldest first. Parameters and errors as above. */
    static RunJudge after(List<Window> windows, RunPlan plan, Map<String, Buckets> buckets) {
        var judge = new RunJudge(plan, buckets);
        windows.forEach(judge::add);
        return judge;
    }

    /** The assessment of an analysis after these windows, before its deadline. Parameters and errors as above. */
    public static Assessment assess(List<Window> windows, RunPlan plan, Map<String, Buckets> buckets) {
        return after(windows, plan, buckets).assess(false, () -> windows);
    }

    /** Whether windows are judged by these buckets. */
    boolean judgesBy(Map<String, Buckets> others) {
        return buckets.equals(others);
    }

    /** How many windows were folded. */
    int windows() {
        return windows;
    }

    /** Folds the next window. */
    void add(Window window) {
        windows++;
        start = start == null ? window.start() : start;
        end = window.end();
        baked = baked.plus(plan.baked(window));
        counts = CountSums.plus(counts, window.counts());
        running.add(observations(window.counts()), isBaked());
        var judgement = running.judgement();
        judgements.add(judgement);
        if (judgements.size() > Pace.WINDOWS + 1) {
            judgements.removeFirst();
        }
        if (passTime == null && judgement.passedAt().isPresent()) {
            passTime = window.end();
            passCounts = counts;
        }
    }

    private boolean isBaked() {
        return baked.compareTo(plan.settings().timing().bake()) >= 0;
    }

    /** In the order of the plan; an objective of which nothing was counted has observed nothing. */
    private List<Observation> observations(Map<String, Observation> byObjective) {
        return limits.objectives().stream()
                .map(objective -> byObjective.getOrDefault(
                        objective.name(), Observation.nothing(objective.cuts().number())))
                .toList();
    }

    /**
     * The assessment after the last window.
     *
     * @param over whether the deadline has come
     * @param all the windows folded, oldest first; only asked for where one of them has to be looked at again
     */
    Assessment assess(boolean over, Supplier<List<Window>> all) {
        var judgement = judgements.getLast();
        var pace = Pace.between(judgements.getFirst(), judgement);
        if (looks != null) {
            return scored(judgement, pace, looks.assess(all.get(), over));
        }
        return new Assessment(
                judgement,
                pace,
                baked,
                passTime,
                passCounts,
                judgement.verdict() == Verdict.FAIL ? failBasis(all.get()) : null,
                judgement.verdict() == Verdict.CONTINUE ? shortage() : null,
                null);
    }

    /** The score decides; the evidence is kept beside it, for whoever compares the judges. */
    private static Assessment scored(Judgement judgement, Pace pace, ScoreAssessment score) {
        var passed = score.verdict() == Verdict.PASS ? score.lookTime() : null;
        return new Assessment(judgement, pace, Duration.ZERO, passed, Map.of(), null, null, score);
    }

    private @Nullable PassShortage shortage() {
        if (start == null || end == null) {
            return null;
        }
        var remaining = Duration.between(end, plan.deadline());
        return PassRequirement.outOfReach(
                        limits,
                        observations(counts),
                        Duration.between(start, end),
                        remaining.isNegative() ? Duration.ZERO : remaining)
                .orElse(null);
    }

    private FailBasis failBasis(List<Window> all) {
        var judge = new SequentialJudge(limits);
        var alone = all.stream()
                .mapToDouble(window -> {
                    var one = judge.begin();
                    one.add(observations(window.counts()), false);
                    return one.judgement().failEvidence();
                })
                .max()
                .orElse(0);
        var voting = all.stream()
                .filter(window -> CountSums.anyOfCanary(window.counts()))
                .count();
        return new FailBasis((int) voting, alone >= limits.failThreshold(), bounds(all));
    }

    /**
     * How bad the canary is, objective by objective in the order of the plan, as far as these windows tell.
     *
     * @param all closed windows of the analysis, oldest first, whether or not they were folded
     */
    public List<ObjectiveBounds> bounds(List<Window> all) {
        var observed = all.stream().map(window -> observations(window.counts())).toList();
        return IntStream.range(0, limits.objectives().size())
                .mapToObj(i -> ObjectiveBounds.of(
                        limits,
                        limits.objectives().get(i),
                        observed.stream().map(window -> window.get(i)).toList()))
                .toList();
    }

    /**
     * What was known as these windows closed, at most {@value RunHistory#MOST_POINTS} points, the last one after the last window.
     *
     * @param all closed windows of the analysis, oldest first, whether or not they were folded
     */
    public List<HistoryPoint> history(List<Window> all) {
        var observed = all.stream().map(window -> observations(window.counts())).toList();
        return new RunHistory(limits, plan.arms().baseline() != null, all, observed).points();
    }
}
