package dev.portcullis.analysis.store;

import dev.portcullis.analysis.mannwhitney.Direction;
import dev.portcullis.analysis.mannwhitney.EffectLimits;
import dev.portcullis.analysis.mannwhitney.EffectMeasure;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.NanStrategy;
import dev.portcullis.analysis.mannwhitney.Outliers;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.analysis.slo.ScoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The form of the Mann-Whitney judge's settings in analysis.plan. */
record StoredScoreSettings(StoredScorePlan plan, List<Duration> looks) {
    /** Its plan. */
    record StoredScorePlan(
            double tolerance,
            double confidence,
            int minWindows,
            double passScore,
            double marginalScore,
            Map<String, Double> groupWeights,
            List<StoredMetric> metrics) {
        private static StoredScorePlan of(ScorePlan plan) {
            return new StoredScorePlan(
                    plan.tolerance(),
                    plan.confidence(),
                    plan.minWindows(),
                    plan.passScore(),
                    plan.marginalScore(),
                    plan.groupWeights(),
                    Elements.of(plan.metrics(), StoredMetric::of));
        }

        private ScorePlan plan() {
            return new ScorePlan(
                    tolerance,
                    confidence,
                    minWindows,
                    passScore,
                    marginalScore,
                    groupWeights,
                    Elements.of(metrics, StoredMetric::metric));
        }
    }

    /** A metric of it. */
    record StoredMetric(
            String name,
            Set<String> groups,
            Direction direction,
            NanStrategy nanStrategy,
            StoredOutliers outliers,
            StoredEffect effect,
            boolean critical,
            boolean mustHaveData,
            boolean muted) {
        private static StoredMetric of(MetricPlan metric) {
            return new StoredMetric(
                    metric.name(),
                    metric.groups(),
                    metric.direction(),
                    metric.nanStrategy(),
                    new StoredOutliers(metric.outliers().factor()),
                    StoredEffect.of(metric.effect()),
                    metric.critical(),
                    metric.mustHaveData(),
                    metric.muted());
        }

        private MetricPlan metric() {
            return new MetricPlan(
                    name,
                    groups,
                    direction,
                    nanStrategy,
                    new Outliers(outliers.factor()),
                    effect.effect(),
                    critical,
                    mustHaveData,
                    muted);
        }
    }

    /** What is left out as an outlier. */
    record StoredOutliers(double factor) {}

    /** The sizes of an effect that matter. */
    record StoredEffect(
            EffectMeasure measure,
            double allowedIncrease,
            double allowedDecrease,
            double criticalIncrease,
            double criticalDecrease) {
        private static StoredEffect of(EffectLimits effect) {
            return new StoredEffect(
                    effect.measure(),
                    effect.allowedIncrease(),
                    effect.allowedDecrease(),
                    effect.criticalIncrease(),
                    effect.criticalDecrease());
        }

        private EffectLimits effect() {
            return new EffectLimits(measure, allowedIncrease, allowedDecrease, criticalIncrease, criticalDecrease);
        }
    }

    static StoredScoreSettings of(ScoreSettings settings) {
        return new StoredScoreSettings(StoredScorePlan.of(settings.plan()), settings.looks());
    }

    ScoreSettings settings() {
        return new ScoreSettings(plan.plan(), looks);
    }
}
