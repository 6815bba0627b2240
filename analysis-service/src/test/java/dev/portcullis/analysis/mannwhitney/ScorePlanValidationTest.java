package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScorePlanValidationTest {
    private static final List<MetricPlan> METRICS = List.of(MetricPlan.badRatio("errors"));

    private static void assertFault(String field, Executable construction) {
        InvalidScorePlanException fault = assertThrows(InvalidScorePlanException.class, construction);
        assertEquals(field, fault.field());
        assertTrue(
                fault.getMessage().startsWith(field + " is ")
                        && fault.getMessage().contains(", must be "),
                fault.getMessage());
    }

    private static ScorePlan weighted(Map<String, Double> weights, MetricPlan... metrics) {
        return new ScorePlan(0.25, 0.98, 50, 95, 75, weights, List.of(metrics));
    }

    private static MetricPlan metric(String name, Set<String> groups, boolean critical, boolean muted) {
        return new MetricPlan(
                name,
                groups,
                Direction.INCREASE,
                NanStrategy.REMOVE,
                Outliers.KEPT,
                EffectLimits.NONE,
                critical,
                false,
                muted);
    }

    @Test
    void theDefaultsAreKayentasAndSpinnakers() {
        assertEquals(new ScorePlan(0.25, 0.98, 50, 95, 75, Map.of(), METRICS), ScorePlan.of(METRICS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void theToleranceIsAShare(double value) {
        assertFault("tolerance", () -> new ScorePlan(value, 0.98, 50, 95, 75, Map.of(), METRICS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1, Double.NaN})
    void theConfidenceIsAHalfOrMore(double value) {
        assertFault("confidence", () -> new ScorePlan(0.25, value, 50, 95, 75, Map.of(), METRICS));
    }

    @ParameterizedTest
    @CsvSource({"0.98, 4", "0.9999, 9", "0.5, 0", "0.98, 100001"})
    void fewerWindowsThanCanBeSignificantAreRefused(double confidence, int windows) {
        assertFault("min_windows", () -> new ScorePlan(0.25, confidence, windows, 95, 75, Map.of(), METRICS));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, pass_score", "101, 0, pass_score", "90, 91, marginal_score", "90, -1, marginal_score"})
    void theScoresAreInOrder(double pass, double marginal, String field) {
        assertFault(field, () -> new ScorePlan(0.25, 0.98, 50, pass, marginal, Map.of(), METRICS));
    }

    @Test
    void atLeastOneMetricCounts() {
        assertFault("metrics", () -> weighted(Map.of()));
        assertFault("metrics", () -> weighted(Map.of(), metric("errors", Set.of("g"), false, true)));
        assertFault("metrics", () -> weighted(Map.of(), MetricPlan.badRatio("errors"), MetricPlan.badRatio("errors")));
    }

    @Test
    void noMetricIsLeftOutSilently() {
        MetricPlan a = metric("a", Set.of("a"), false, false);
        MetricPlan b = metric("b", Set.of("b"), false, false);
        assertFault("group_weights", () -> weighted(Map.of("a", 60.0, "b", 50.0), a, b));
        assertFault("group_weights", () -> weighted(Map.of("a", 60.0, "b", 30.0), a, b));
        assertFault("group_weights", () -> weighted(Map.of("a", 100.0), a, b));
        assertFault("group_weights", () -> weighted(Map.of("c", 10.0), a, b));
        assertFault("group_weights.a", () -> weighted(Map.of("a", -1.0), a, b));
        assertFault("group_weights.a", () -> weighted(Map.of("a", Double.NaN), a, b));
        assertFault("groups", () -> metric("errors", Set.of(), false, false));
        assertFault("groups", () -> metric("errors", Set.of(" "), false, false));
    }

    @Test
    void aMetricHasANameAndOneBearing() {
        assertFault("name", () -> MetricPlan.badRatio(" "));
        assertFault("critical", () -> metric("errors", Set.of("g"), true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "MEAN_RATIO, 0.9, 1, 1, 1, effect.allowed_increase",
        "MEAN_RATIO, 1, 1.1, 1, 1, effect.allowed_decrease",
        "MEAN_RATIO, 1.5, 1, 1.4, 1, effect.critical_increase",
        "MEAN_RATIO, 1, 0.5, 1, 0.6, effect.critical_decrease",
        "CLES, 0.4, 0.5, 0.5, 0.5, effect.allowed_increase",
        "CLES, 0.5, 0.6, 0.5, 0.5, effect.allowed_decrease",
        "CLES, 0.5, 0.5, 1.1, 0.5, effect.critical_increase",
        "CLES, 0.5, 0.5, 0.5, NaN, effect.critical_decrease",
    })
    void effectsLieBeyondNoChange(
            EffectMeasure measure, double increase, double decrease, double critical, double low, String field) {
        assertFault(field, () -> new EffectLimits(measure, increase, decrease, critical, low));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1001, Double.NaN})
    void theOutlierFactorHasARange(double factor) {
        assertFault("outlier_factor", () -> new Outliers(factor));
    }
}
