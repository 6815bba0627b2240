package dev.portcullis.analysis.mannwhitney;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The classifier of one metric; Kayenta's {@code MannWhitneyClassifier}: HIGH when the whole confidence interval of the
 * shift lies above the tolerance times the estimated shift, and the change is large enough; LOW when it lies below.
 *
 * <p>Differences, all towards "undecided": a minimum of windows; replaced values are no data; only the canary's missing
 * data can be a failure, a baseline without data compares with nothing; no noise is added to constant samples.
 */
final class MetricClassifier {
    private final ScorePlan plan;
    private final MetricPlan metric;

    MetricClassifier(ScorePlan plan, MetricPlan metric) {
        this.plan = plan;
        this.metric = metric;
    }

    MetricClassification classify(List<ArmCounts> windows) {
        ArmRatios canary = ArmRatios.of(windows, ArmCounts::canary);
        ArmRatios baseline = ArmRatios.of(windows, ArmCounts::baseline);
        if (isShort(canary) || isShort(baseline)) {
            return noData(canary, baseline);
        }
        SortedSample above = metric.outliers().removedFrom(canary.values(metric.nanStrategy()));
        SortedSample below = metric.outliers().removedFrom(baseline.values(metric.nanStrategy()));
        Shift shift = MannWhitney.shift(above, below, plan.confidence());
        return compared(canary, baseline, shift, metric.effect().measure().of(above, below, shift));
    }

    /** A metric that was not measured. */
    MetricClassification error() {
        return MetricClassification.notCompared(
                metric.name(),
                Classification.ERROR,
                shown(Bearing.OPEN),
                ArmSummary.NONE,
                ArmSummary.NONE,
                "was not measured");
    }

    private boolean isShort(ArmRatios arm) {
        return arm.measured().size() < plan.minWindows();
    }

    private MetricClassification noData(ArmRatios canary, ArmRatios baseline) {
        // Until there were enough windows, nothing is missing yet.
        boolean enoughTime = canary.measured().size() + canary.missing() >= plan.minWindows();
        boolean fails = metric.mustHaveData() && enoughTime && isShort(canary) && !isShort(baseline);
        return MetricClassification.notCompared(
                metric.name(),
                Classification.NODATA,
                shown(fails ? failing(true) : Bearing.OPEN),
                canary.summary(),
                baseline.summary(),
                ClassificationText.noData(canary.summary(), baseline.summary(), plan.minWindows(), fails));
    }

    private MetricClassification compared(ArmRatios canary, ArmRatios baseline, Shift shift, OptionalDouble effect) {
        Classification classification = classification(shift, effect);
        Bearing bearing =
                switch (classification) {
                    case HIGH -> failing(metric.effect().criticalIncrease(effect));
                    case LOW -> failing(metric.effect().criticalDecrease(effect));
                    default -> Bearing.PASSING;
                };
        EffectMeasure measure = metric.effect().measure();
        return new MetricClassification(
                metric.name(),
                classification,
                shown(bearing),
                canary.summary(),
                baseline.summary(),
                shift,
                effect,
                ClassificationText.compared(classification, shift, plan.confidence(), measure, effect));
    }

    private Classification classification(Shift shift, OptionalDouble effect) {
        double tolerated = plan.tolerance() * Math.abs(shift.estimate());
        EffectLimits limits = metric.effect();
        if (metric.direction().failsHigh() && shift.lower() > tolerated && !limits.allowsIncrease(effect)) {
            return Classification.HIGH;
        }
        if (metric.direction().failsLow() && shift.upper() < -tolerated && !limits.allowsDecrease(effect)) {
            return Classification.LOW;
        }
        return Classification.PASS;
    }

    private Bearing failing(boolean criticalSize) {
        return metric.critical() && criticalSize ? Bearing.CRITICAL : Bearing.FAILING;
    }

    private Bearing shown(Bearing bearing) {
        return metric.muted() ? Bearing.NONE : bearing;
    }
}
