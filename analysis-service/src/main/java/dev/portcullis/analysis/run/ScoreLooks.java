package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.ScoreJudge;
import dev.portcullis.analysis.mannwhitney.ScoreJudgement;
import dev.portcullis.analysis.mannwhitney.ScoreOutcome;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.slo.ScoreSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The looks of the Mann-Whitney judge at an analysis, as a pure function of its closed windows. Between the looks nothing is judged and
 * nothing shown: a score that is watched is a score that is looked at.
 *
 * @param plan of an analysis with a baseline
 * @param settings which looks, and what is looked for
 * @param buckets of the latency objectives, as far as they are chosen
 */
record ScoreLooks(RunPlan plan, ScoreSettings settings, Map<String, Buckets> buckets) {
    /**
     * Refuses an analysis that has nothing to be compared with: it would stay undecided until its deadline.
     *
     * @throws InvalidPlanException naming {@code baseline}
     */
    ScoreLooks {
        if (plan.arms().baseline() == null) {
            throw new InvalidPlanException(
                    "baseline",
                    "missing",
                    "given: the policy of service '" + plan.objectives().service()
                            + "' chooses judge mann-whitney, which can only compare");
        }
    }

    /**
     * The assessment after the last look that is due.
     *
     * @param windows all closed windows, oldest first
     * @param over whether the deadline has come: then the last look is held, whatever windows there are
     */
    ScoreAssessment assess(List<Window> windows, boolean over) {
        ScoreAssessment assessment = ScoreAssessment.NONE;
        int planned = settings.looks().size();
        for (int look = 0; look < planned && assessment.verdict() != Verdict.FAIL; look++) {
            boolean last = look == planned - 1;
            int seen = windowsUpTo(plan.begin().plus(settings.looks().get(look)), windows);
            if (seen > 0) {
                assessment = held(look + 1, last, windows.subList(0, seen));
            } else if (last && over) {
                assessment = held(look + 1, last, windows);
            }
        }
        return assessment;
    }

    /** The windows up to the first one that ends then or later; 0 when none does yet. */
    private static int windowsUpTo(Instant time, List<Window> windows) {
        for (int i = 0; i < windows.size(); i++) {
            if (!windows.get(i).end().isBefore(time)) {
                return i + 1;
            }
        }
        return 0;
    }

    private ScoreAssessment held(int looks, boolean last, List<Window> windows) {
        ScoreJudgement judgement = new ScoreJudge(settings.plan()).judge(counts(windows));
        return new ScoreAssessment(
                verdict(judgement.outcome(), last),
                looks,
                windows.isEmpty() ? null : windows.getLast().end(),
                judgement);
    }

    private static Verdict verdict(ScoreOutcome outcome, boolean last) {
        return switch (outcome) {
            case FAIL -> Verdict.FAIL;
            case PASS -> last ? Verdict.PASS : Verdict.CONTINUE;
            case MARGINAL, UNDECIDED -> Verdict.CONTINUE;
        };
    }

    private Map<String, List<ArmCounts>> counts(List<Window> windows) {
        Map<String, List<ArmCounts>> counts = new HashMap<>();
        for (MetricPlan metric : settings.plan().metrics()) {
            counts.put(
                    metric.name(),
                    windows.stream()
                            .map(window -> counts(window, metric.name()))
                            .toList());
        }
        return counts;
    }

    /** Of a latency, bad are the requests slower than the threshold. */
    private ArmCounts counts(Window window, String objective) {
        var seen = window.counts().get(objective);
        var chosen = buckets.get(objective);
        return seen == null ? ArmCounts.NONE : seen.at(chosen == null ? 0 : chosen.fail());
    }
}
