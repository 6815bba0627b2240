package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.ScoreJudge;
import dev.portcullis.analysis.mannwhitney.ScoreOutcome;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import java.util.List;
import java.util.Map;

/**
 * A canary analysis as Kayenta does it, by the comparison judge of analysis-service: the ratio of bad requests of each interval is one value, and the canary's values are
 * compared with the baseline's by the Mann-Whitney test. It looks again and again at all values so far; a FAIL ends the analysis, and the last look promotes.
 *
 * @param name in tables
 * @param intervalPolls polls of an interval
 * @param first values of each arm at the first look, 5 or more
 * @param every values from look to look
 * @param last values at the last look
 */
public record ComparisonScore(String name, int intervalPolls, int first, int every, int last) implements CanaryRule {
    private static final String METRIC = "bad requests";

    @Override
    public CanaryOutcome run(Polls polls) {
        var values = polls.windows(intervalPolls);
        var seconds = intervalPolls * Polls.SECONDS;
        var judge = new ScoreJudge(plan());
        for (var look = first; look <= Math.min(last, values.size()); look += every) {
            var outcome = judge.judge(Map.of(METRIC, values.subList(0, look))).outcome();
            if (outcome == ScoreOutcome.FAIL) {
                return CanaryOutcome.aborted(look * seconds);
            }
            if (outcome == ScoreOutcome.PASS && look + every > last) {
                return CanaryOutcome.promoted(look * seconds);
            }
        }
        return CanaryOutcome.undecided(values.size() * seconds);
    }

    private ScorePlan plan() {
        return new ScorePlan(
                ScorePlan.DEFAULT_TOLERANCE,
                ScorePlan.DEFAULT_CONFIDENCE,
                first,
                ScorePlan.DEFAULT_PASS_SCORE,
                ScorePlan.DEFAULT_MARGINAL_SCORE,
                Map.of(),
                List.of(MetricPlan.badRatio(METRIC)));
    }
}
