package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.SequentialJudge;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import java.util.List;

/**
 * The judge of analysis-service under a plan, as a live analysis runs it: a PASS does not end the measuring, and a FAIL that comes later overrides it.
 *
 * @param name in tables
 * @param plan with one objective
 * @param windowPolls polls of a window
 * @param bakeSeconds before this there is no PASS
 */
public record JudgeRule(String name, JudgePlan plan, int windowPolls, int bakeSeconds) implements CanaryRule {
    /**
     * Windows from look to look. The judge knows which window decided, so nothing is lost by looking seldom but the time to take in some windows after a FAIL, and a look
     * costs more than a window.
     */
    private static final int LOOK_EVERY = 10;

    @Override
    public CanaryOutcome run(Polls polls) {
        return run(polls.windows(windowPolls).stream().map(Observation::of).toList());
    }

    /** What the judge makes of these windows. */
    public CanaryOutcome run(List<Observation> observations) {
        var seconds = windowPolls * Polls.SECONDS;
        var judgement = judgement(JudgedWindows.of(observations, seconds, bakeSeconds));
        var failedAt = judgement.failedAt();
        if (judgement.passedAt().isPresent()) {
            var promoted = CanaryOutcome.promoted(judgement.passedAt().getAsInt() * seconds);
            return failedAt.isPresent() ? promoted.overridden(failedAt.getAsInt() * seconds) : promoted;
        }
        return failedAt.isPresent()
                ? CanaryOutcome.aborted(failedAt.getAsInt() * seconds)
                : CanaryOutcome.undecided(observations.size() * seconds);
    }

    /** After the last window, or soon after the one that fails: a FAIL is final. */
    private Judgement judgement(List<JudgeWindow> windows) {
        var running = new SequentialJudge(plan).begin();
        var judgement = running.judgement();
        for (var from = 0; from < windows.size() && judgement.failedAt().isEmpty(); from += LOOK_EVERY) {
            windows.subList(from, Math.min(from + LOOK_EVERY, windows.size()))
                    .forEach(window -> running.add(window.observations(), window.passAllowed()));
            judgement = running.judgement();
        }
        return judgement;
    }
}
