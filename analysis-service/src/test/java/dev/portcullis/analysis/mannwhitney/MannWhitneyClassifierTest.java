package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MannWhitneyClassifierTest {
    private static final String NAME = "availability";

    @ParameterizedTest
    @CsvSource({
        "INCREASE, HIGH, PASS",
        "DECREASE, PASS, LOW",
        "EITHER, HIGH, LOW",
    })
    void theDirectionSaysWhichChangeFails(Direction direction, Classification whenWorse, Classification whenBetter) {
        MetricPlan metric = metric(direction, EffectLimits.NONE, false);
        assertEquals(whenWorse, classify(metric, Windows.worse()).classification());
        assertEquals(whenBetter, classify(metric, Windows.better()).classification());
        assertEquals(Classification.PASS, classify(metric, Windows.healthy()).classification());
    }

    @Test
    void theNumbersOfAFailureAreThere() {
        MetricClassification high = classify(metric(Direction.INCREASE, EffectLimits.NONE, false), Windows.worse());
        assertEquals(60, high.canary().measured());
        assertEquals(0.032, high.canary().mean(), 1e-12);
        assertEquals(0.012, high.baseline().mean(), 1e-12);
        assertEquals(Bearing.FAILING, high.bearing());
        assertEquals(
                "significantly higher than the baseline: bad ratio +0.02 (98 % interval +0.019 to +0.021),"
                        + " on average 2.67 times the baseline's",
                high.reason());
    }

    @Test
    void identicalArmsPass() {
        List<ArmCounts> none = Windows.of(60, i -> 0, i -> 0);
        MetricClassification pass = classify(metric(Direction.EITHER, EffectLimits.NONE, true), none);
        assertEquals(Classification.PASS, pass.classification());
        assertEquals(new Shift(0, 0, 0, 1800), pass.shift());
        assertEquals(OptionalDouble.empty(), pass.effect());
    }

    @Test
    void aShiftWhoseIntervalReachesIntoTheToleranceIsNone() {
        // Half the canary's windows are like the baseline's: significantly higher, but from hardly anything on.
        List<ArmCounts> mixed = Windows.of(60, i -> i % 2 == 0 ? 40 + i : 11 + i % 5, i -> 10 + i % 5);
        MetricPlan metric = metric(Direction.INCREASE, EffectLimits.NONE, false);
        MetricClassification tolerant = classify(plan(metric, 1), mixed);
        assertEquals(Classification.PASS, tolerant.classification());
        assertEquals(Classification.HIGH, classify(plan(metric, 0), mixed).classification());
    }

    @ParameterizedTest
    @CsvSource({"1, HIGH", "2.6, HIGH", "2.7, PASS"})
    void aChangeWithinTheAllowedSizePasses(double allowed, Classification expected) {
        EffectLimits limits = new EffectLimits(EffectMeasure.MEAN_RATIO, allowed, 1, allowed, 1);
        assertEquals(
                expected,
                classify(metric(Direction.INCREASE, limits, false), Windows.worse())
                        .classification());
    }

    @ParameterizedTest
    @CsvSource({"1, LOW", "0.38, LOW", "0.37, PASS"})
    void aDecreaseWithinTheAllowedSizePasses(double allowed, Classification expected) {
        EffectLimits limits = new EffectLimits(EffectMeasure.MEAN_RATIO, 1, allowed, 1, allowed);
        assertEquals(
                expected,
                classify(metric(Direction.DECREASE, limits, false), Windows.better())
                        .classification());
    }

    @Test
    void theSizeMayBeAShareOfPairs() {
        EffectLimits limits = new EffectLimits(EffectMeasure.CLES, 0.9, 0.5, 0.9, 0.5);
        MetricClassification high = classify(metric(Direction.INCREASE, limits, false), Windows.worse());
        assertEquals(OptionalDouble.of(1), high.effect());
        assertEquals(Classification.HIGH, high.classification());
        MetricClassification slight = classify(metric(Direction.INCREASE, limits, false), Windows.around(100, 12, 10));
        assertEquals(Classification.PASS, slight.classification());
        assertEquals(0.82, slight.effect().orElseThrow(), 0.01);
    }

    @ParameterizedTest
    @CsvSource({"1, CRITICAL", "2.6, CRITICAL", "2.7, FAILING"})
    void aCriticalMetricFailsOutrightFromItsOwnSizeOn(double critical, Bearing expected) {
        EffectLimits limits = new EffectLimits(EffectMeasure.MEAN_RATIO, 1, 1, critical, 1);
        assertEquals(
                expected,
                classify(metric(Direction.INCREASE, limits, true), Windows.worse())
                        .bearing());
    }

    @Test
    void aSizeThatIsNotDefinedExcusesNothing() {
        // No bad request of the baseline: the mean ratio is not defined, however much is allowed.
        EffectLimits limits = new EffectLimits(EffectMeasure.MEAN_RATIO, 1000, 0, 1000, 0);
        List<ArmCounts> onlyCanary = Windows.of(60, i -> 10 + i % 5, i -> 0);
        MetricClassification high = classify(metric(Direction.INCREASE, limits, true), onlyCanary);
        assertEquals(Classification.HIGH, high.classification());
        assertEquals(Bearing.CRITICAL, high.bearing());
    }

    @Test
    void outliersAreLeftOutWhereThatIsAskedFor() {
        List<ArmCounts> oneOutage = Windows.of(120, i -> i == 7 ? 1000 : 10 + i % 5, i -> 10 + (i + 2) % 5);
        MetricPlan kept = metric(Direction.EITHER, EffectLimits.NONE, false);
        MetricPlan removed = new MetricPlan(
                NAME,
                Set.of("g"),
                Direction.EITHER,
                NanStrategy.REMOVE,
                new Outliers(3),
                EffectLimits.NONE,
                false,
                false,
                false);
        assertEquals(1.68, classify(kept, oneOutage).effect().orElseThrow(), 0.01);
        assertEquals(1, classify(removed, oneOutage).effect().orElseThrow(), 0.01);
    }

    @ParameterizedTest
    @EnumSource(NanStrategy.class)
    void aFewWindowsWithoutRequestsAreLeftOutOrCountAsZero(NanStrategy strategy) {
        List<ArmCounts> gaps = Windows.of(80, i -> i % 4 == 0 ? Double.NaN : 30 + i % 5, i -> 10 + i % 5);
        MetricPlan metric = new MetricPlan(
                NAME, Set.of("g"), Direction.INCREASE, strategy, Outliers.KEPT, EffectLimits.NONE, false, false, false);
        MetricClassification high = classify(metric, gaps);
        assertEquals(Classification.HIGH, high.classification());
        assertEquals(60, high.canary().measured());
        assertEquals(20, high.canary().missing());
        double pairs = strategy == NanStrategy.REMOVE ? 60 * 80 : 80 * 80;
        assertEquals(60 * 80 / pairs, high.shift().u() / pairs);
    }

    private static MetricClassification classify(MetricPlan metric, List<ArmCounts> windows) {
        return classify(plan(metric, ScorePlan.DEFAULT_TOLERANCE), windows);
    }

    private static MetricClassification classify(ScorePlan plan, List<ArmCounts> windows) {
        return new MetricClassifier(plan, plan.metrics().getFirst()).classify(windows);
    }

    private static ScorePlan plan(MetricPlan metric, double tolerance) {
        return new ScorePlan(tolerance, 0.98, 50, 95, 75, Map.of(), List.of(metric));
    }

    private static MetricPlan metric(Direction direction, EffectLimits effect, boolean critical) {
        return new MetricPlan(
                NAME, Set.of("g"), direction, NanStrategy.REMOVE, Outliers.KEPT, effect, critical, false, false);
    }
}
