package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Judge;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The assessment of an analysis as a pure function of its plan, its buckets and its closed windows: whoever has them can recompute it,
 * bit for bit.
 */
public final class RunJudge {
    private final RunPlan plan;
    private final Map<String, Buckets> buckets;
    private final JudgePlan judged;
    private final @Nullable ScoreLooks looks;

    /**
     * A judge of one analysis.
     *
     * @param buckets of the latency objectives, as far as they are chosen
     * @throws dev.portcullis.analysis.judge.InvalidPlanException when the objectives' limits are ones that no test is defined for, or
     *     the chosen judge needs a baseline and there is none
     */
    public RunJudge(RunPlan plan, Map<String, Buckets> buckets) {
        this.plan = plan;
        this.buckets = Map.copyOf(buckets);
        this.judged = JudgePlans.of(plan.objectives(), plan.arms().baseline() != null, buckets);
        var score = plan.settings().score();
        this.looks = score == null ? null : new ScoreLooks(plan, score, buckets);
    }

    /** The assessment after the last window, before the deadline. Parameters as below. */
    public Assessment assess(List<Window> windows) {
        return assess(windows, false);
    }

    /**
     * The assessment after the last window.
     *
     * @param windows all closed windows, oldest first; may be empty
     * @param over whether the deadline has come
     */
    public Assessment assess(List<Window> windows, boolean over) {
        return JudgeProgress.of(this, windows).assess(over, () -> windows);
    }

    /** A judgement that windows are given to one by one, as they close. */
    public JudgeProgress begin() {
        return new JudgeProgress(this, new Judge(judged).begin());
    }

    /** Those it was made with. */
    Map<String, Buckets> buckets() {
        return buckets;
    }

    /** Whether a score decides; it looks at all windows anew each time. */
    boolean isScored() {
        return looks != null;
    }

    /** How much of a window counts towards the bake time. */
    Duration baked(Window window) {
        return plan.baked(window);
    }

    /** Whether that is enough of it. */
    boolean isBaked(Duration baked) {
        return baked.compareTo(plan.settings().rhythm().bake()) >= 0;
    }

    Assessment scored(Judgement judgement, Pace pace, List<Window> windows, boolean over) {
        return scored(judgement, pace, Objects.requireNonNull(looks).assess(windows, over));
    }

    @Nullable
    PassShortage shortage(List<Observation> totals, Instant start, Instant end) {
        var remaining = Duration.between(end, plan.deadline());
        return PassRequirement.outOfReach(
                        judged,
                        totals,
                        Duration.between(start, end),
                        remaining.isNegative() ? Duration.ZERO : remaining)
                .orElse(null);
    }

    /** The score decides; the evidence is kept beside it, for whoever compares the judges. */
    private static Assessment scored(Judgement judgement, Pace pace, ScoreAssessment score) {
        var passed = score.verdict() == Verdict.PASS ? score.lookTime() : null;
        return new Assessment(judgement, pace, Duration.ZERO, passed, Map.of(), null, null, score);
    }

    /** @param passAllowed whether the bake time is over at its end */
    JudgeWindow seen(Window window, boolean passAllowed) {
        var objectives = plan.objectives().objectives();
        var observations = IntStream.range(0, objectives.size())
                .mapToObj(i -> window.counts()
                        .getOrDefault(
                                objectives.get(i).name(),
                                Observation.nothing(
                                        judged.objectives().get(i).cuts().number())))
                .toList();
        return new JudgeWindow(observations, passAllowed);
    }

    Findings findings(List<Window> windows) {
        var seen = windows.stream().map(window -> seen(window, false)).toList();
        var judge = new Judge(judged);
        var alone = seen.stream()
                .mapToDouble(window -> judge.judge(List.of(window)).failEvidence())
                .max()
                .orElse(0);
        var voting = seen.stream().filter(RunJudge::hasCanary).count();
        return new Findings((int) voting, alone >= judged.failThreshold(), bounds(windows));
    }

    private static boolean hasCanary(JudgeWindow window) {
        return window.observations().stream()
                .anyMatch(observation -> observation.at(0).canary().total() > 0);
    }

    /** How bad the canary is, objective by objective in the order of the plan, as far as the windows tell. */
    public List<ObjectiveBounds> bounds(List<Window> windows) {
        var seen = windows.stream().map(window -> seen(window, false)).toList();
        return IntStream.range(0, judged.objectives().size())
                .mapToObj(i -> ObjectiveBounds.of(
                        judged,
                        judged.objectives().get(i),
                        seen.stream()
                                .map(window -> window.observations().get(i))
                                .toList()))
                .toList();
    }
}
