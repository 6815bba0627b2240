package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Judge;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import java.util.List;

/**
 * The judge of analysis-service under a plan. The first PASS or FAIL is the decision.
 *
 * @param name in tables
 * @param plan with one objective
 * @param windowPolls polls of a window
 * @param bakeSeconds before this there is no PASS
 */
public record Judged(String name, JudgePlan plan, int windowPolls, int bakeSeconds) implements Rule {
    /**
     * Parts of a run that are judged one after the other until there is a decision. The judge knows at each which window decided, so nothing is lost but the time to
     * judge the first windows again.
     */
    private static final int[] PARTS = {6, 2, 1};

    @Override
    public Outcome run(Polls polls) {
        return run(polls.windows(windowPolls).stream().map(Observation::of).toList());
    }

    /** What the judge makes of these windows. */
    public Outcome run(List<Observation> observations) {
        var seconds = windowPolls * Polls.SECONDS;
        var windows = JudgedWindows.of(observations, seconds, bakeSeconds);
        var judge = new Judge(plan);
        for (var part : PARTS) {
            var judgement = judge.judge(windows.subList(0, windows.size() / part));
            if (judgement.passedAt().isPresent()) {
                return Outcome.promoted(judgement.passedAt().getAsInt() * seconds);
            }
            if (judgement.failedAt().isPresent()) {
                return Outcome.aborted(judgement.failedAt().getAsInt() * seconds);
            }
        }
        return Outcome.undecided(windows.size() * seconds);
    }
}
