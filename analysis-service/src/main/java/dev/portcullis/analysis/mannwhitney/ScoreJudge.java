package dev.portcullis.analysis.mannwhitney;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.List;
import java.util.Map;

/**
 * The comparison judge: a pure function from the windows counted so far to a score, as Kayenta's {@code NetflixACAJudge}
 * computes it. The same windows, in any order, give the same judgement; no randomness, no state. Immutable, thread-safe.
 *
 * <p>It states no error bound. Looked at once it flags a healthy metric with at most about (1 - confidence) / 2 per
 * direction if the windows are independent of one another; looked at again and again, far more often. Use the sequential
 * judge unless you migrate from Kayenta.
 */
public final class ScoreJudge {
    private final ScorePlan plan;

    /** A judge of one plan. */
    public ScoreJudge(ScorePlan plan) {
        this.plan = plan;
    }

    /**
     * The judgement at one look.
     *
     * @param windows the windows of every metric of the plan by its name, each window's counts of both arms; the order of
     *     the windows does not matter. A metric that is left out is an ERROR
     * @throws InvalidScorePlanException when there are windows of a metric that the plan does not know, naming
     *     {@code windows.<metric>}
     */
    public ScoreJudgement judge(Map<String, List<ArmCounts>> windows) {
        requireKnown(windows);
        List<MetricClassification> metrics =
                plan.metrics().stream().map(m -> classify(m, windows)).toList();
        Scorer scorer = new Scorer(plan, metrics);
        List<GroupScore> groups = scorer.groups();
        ScoreRange score = scorer.score(groups);
        return new ScoreJudgement(scorer.outcome(score), score, groups, metrics, scorer.reason(score));
    }

    private MetricClassification classify(MetricPlan metric, Map<String, List<ArmCounts>> windows) {
        MetricClassifier classifier = new MetricClassifier(plan, metric);
        List<ArmCounts> counted = windows.get(metric.name());
        return counted == null ? classifier.error() : classifier.classify(counted);
    }

    private void requireKnown(Map<String, List<ArmCounts>> windows) {
        List<String> known = plan.metrics().stream().map(MetricPlan::name).toList();
        for (String name : windows.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidScorePlanException("windows." + name, "given", "of a metric of the plan: " + known);
            }
        }
    }
}
