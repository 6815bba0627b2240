package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.mannwhitney.Direction;
import dev.portcullis.analysis.mannwhitney.EffectLimits;
import dev.portcullis.analysis.mannwhitney.EffectMeasure;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.NanStrategy;
import dev.portcullis.analysis.mannwhitney.Outliers;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what a policy tells the Mann-Whitney judge of one objective, {@code analysis.mannWhitney.metrics.<slo>}. The objective's severity
 * says the rest: critical makes the metric critical, informational mutes it.
 */
final class MetricReader {
    private static final double LARGEST_OUTLIER_FACTOR = 1000;
    private static final String MEAN_RATIO = "meanRatio";
    private static final String CLES = "cles";

    private MetricReader() {}

    static MetricPlan read(YamlMapping metric, Objective objective) {
        MetricPlan plan = new MetricPlan(
                objective.name(),
                groups(metric),
                Direction.valueOf(word(metric, "direction", List.of("increase", "decrease", "either"))),
                NanStrategy.valueOf(word(metric, "nanStrategy", List.of("remove", "replace"))),
                new Outliers(
                        metric.number("outlierFactor", Outliers.KEPT.factor(), 0, true, LARGEST_OUTLIER_FACTOR, true)),
                effect(metric.optionalMapping("effectSize")),
                objective.severity() == Severity.CRITICAL,
                metric.flag("mustHaveData", false),
                objective.severity() == Severity.INFORMATIONAL);
        metric.rejectUnknown();
        return plan;
    }

    private static Set<String> groups(YamlMapping metric) {
        metric.describe("groups", "[" + MetricPlan.DEFAULT_GROUP + "]", "one or more");
        Set<String> groups = new TreeSet<>(metric.texts("groups"));
        if (groups.removeIf(String::isBlank) || (groups.isEmpty() && metric.has("groups"))) {
            metric.fault("groups", metric.path("groups") + " holds no name; legal: a list such as [latency]");
        }
        return groups.isEmpty() ? Set.of(MetricPlan.DEFAULT_GROUP) : groups;
    }

    /** The first word is the default. */
    private static String word(YamlMapping metric, String key, List<String> legal) {
        return metric.choice(key, legal.getFirst(), legal).toUpperCase(Locale.ROOT);
    }

    private static EffectLimits effect(YamlMapping effect) {
        String word = effect.choice("measure", MEAN_RATIO, List.of(MEAN_RATIO, CLES));
        EffectMeasure measure = word.equals(CLES) ? EffectMeasure.CLES : EffectMeasure.MEAN_RATIO;
        double none = measure.noChange();
        effect.describe("criticalIncrease", "as allowedIncrease", "at least allowedIncrease");
        effect.describe("criticalDecrease", "as allowedDecrease", "0 to allowedDecrease");
        double increase = limit(effect, "allowedIncrease", none, measure.largest(), none);
        double decrease = limit(effect, "allowedDecrease", 0, none, none);
        EffectLimits limits = new EffectLimits(
                measure,
                increase,
                decrease,
                limit(effect, "criticalIncrease", increase, measure.largest(), increase),
                limit(effect, "criticalDecrease", 0, decrease, decrease));
        effect.rejectUnknown();
        return limits;
    }

    private static double limit(YamlMapping effect, String key, double lowest, double highest, double usual) {
        return effect.number(key, usual, lowest, true, highest, true);
    }
}
