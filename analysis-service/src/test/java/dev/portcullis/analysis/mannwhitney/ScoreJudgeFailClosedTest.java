package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Kayenta passes or fails a canary on what is no data: docs/judges/mann-whitney.md names each case. */
class ScoreJudgeFailClosedTest {
    private static final int MINIMUM = 12;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 11})
    void tooFewWindowsAreNeverHighAndNeverPass(int count) {
        for (List<ArmCounts> windows : List.of(Windows.of(count, i -> 1000, i -> 0), Windows.around(count, 10, 10))) {
            ScoreJudgement judgement = judge(metric(NanStrategy.REMOVE, true, false), windows);
            assertEquals(ScoreOutcome.UNDECIDED, judgement.outcome());
            assertEquals(Classification.NODATA, judgement.metrics().getFirst().classification());
            assertEquals(new ScoreRange(0, 100), judgement.score());
        }
    }

    @ParameterizedTest
    @EnumSource(NanStrategy.class)
    void missingDataIsNeverAPass(NanStrategy strategy) {
        for (List<ArmCounts> windows : List.of(
                List.<ArmCounts>of(),
                Collections.nCopies(100, ArmCounts.NONE),
                Windows.of(100, i -> i < 11 ? 0 : Double.NaN, i -> 0),
                Windows.of(100, i -> 0, i -> i < 11 ? 0 : Double.NaN),
                Windows.of(100, i -> Double.NaN, i -> 10))) {
            ScoreJudgement judgement = judge(metric(strategy, false, false), windows);
            assertEquals(ScoreOutcome.UNDECIDED, judgement.outcome());
            assertEquals(Classification.NODATA, judgement.metrics().getFirst().classification());
        }
    }

    @Test
    void allInErrorIsUndecidedAndDoesNotScoreAHundred() {
        ScoreJudgement judgement =
                new ScoreJudge(plan(MetricPlan.badRatio("m0"), MetricPlan.badRatio("m1"))).judge(Map.of());
        assertEquals(ScoreOutcome.UNDECIDED, judgement.outcome());
        assertEquals(new ScoreRange(0, 100), judgement.score());
        assertEquals(
                "score between 0 and 100 of 100 (PASS from 95, FAIL below 75), undecided: m0, m1", judgement.reason());
        assertEquals(Classification.ERROR, judgement.metrics().getFirst().classification());
    }

    @Test
    void oneInErrorAmongManyIsUndecided() {
        ScoreJudgement judgement = new ScoreJudge(plan(MetricPlan.badRatio("m0"), MetricPlan.badRatio("m1")))
                .judge(Map.of("m1", Windows.healthy()));
        assertEquals(ScoreOutcome.UNDECIDED, judgement.outcome());
        assertEquals(new ScoreRange(50, 100), judgement.score());
    }

    @Test
    void whatIsMissingDoesNotExcuseWhatIsBad() {
        // One of two fails: 50 at best, whatever the other one is.
        ScoreJudgement judgement = new ScoreJudge(plan(MetricPlan.badRatio("m0"), MetricPlan.badRatio("m1")))
                .judge(Map.of("m0", Windows.worse()));
        assertEquals(ScoreOutcome.FAIL, judgement.outcome());
        assertEquals(new ScoreRange(0, 50), judgement.score());
    }

    @Test
    void aCriticalMetricWithoutDataIsUndecidedAndNoFailure() {
        ScoreJudgement judgement =
                judge(metric(NanStrategy.REMOVE, true, false), Collections.nCopies(100, ArmCounts.NONE));
        assertEquals(ScoreOutcome.UNDECIDED, judgement.outcome());
    }

    @Test
    void aCanaryThatMustHaveDataAndHasNoneFails() {
        List<ArmCounts> silent = Windows.of(60, i -> Double.NaN, i -> 10);
        assertEquals(Bearing.FAILING, bearing(metric(NanStrategy.REMOVE, false, true), silent));
        assertEquals(Bearing.CRITICAL, bearing(metric(NanStrategy.REMOVE, true, true), silent));
        assertEquals(Bearing.FAILING, bearing(metric(NanStrategy.REPLACE, false, true), silent));
        assertEquals(
                "0 of 60 windows with requests of the canary, 60 of 60 of the baseline; needed 12 each."
                        + " Must have data, so this is a failure",
                judge(metric(NanStrategy.REMOVE, false, true), silent)
                        .metrics()
                        .getFirst()
                        .reason());
    }

    @Test
    void mustHaveDataBlamesTheCanaryNeitherForTheBaselineNorForTheTime() {
        MetricPlan metric = metric(NanStrategy.REMOVE, true, true);
        assertEquals(Bearing.OPEN, bearing(metric, Windows.of(60, i -> 10, i -> Double.NaN)));
        assertEquals(Bearing.OPEN, bearing(metric, Windows.of(60, i -> Double.NaN, i -> Double.NaN)));
        assertEquals(Bearing.OPEN, bearing(metric, Windows.of(11, i -> Double.NaN, i -> 10)));
    }

    @Test
    void constantArmsHaveOneAnswer() {
        // Kayenta adds random noise here, and so may answer differently from run to run.
        List<ArmCounts> constants = Windows.of(60, i -> 20, i -> 10);
        ScoreJudgement first = judge(metric(NanStrategy.REMOVE, false, false), constants);
        assertEquals(Classification.HIGH, first.metrics().getFirst().classification());
        assertEquals(first, judge(metric(NanStrategy.REMOVE, false, false), constants));
    }

    @Test
    void aGroupWithoutDataIsNotAHundred() {
        MetricPlan silent = new MetricPlan(
                "m1",
                Set.of("other"),
                Direction.INCREASE,
                NanStrategy.REMOVE,
                Outliers.KEPT,
                EffectLimits.NONE,
                false,
                false,
                false);
        ScoreJudgement judgement = new ScoreJudge(plan(MetricPlan.badRatio("m0"), silent))
                .judge(Map.of("m0", Windows.healthy(), "m1", Collections.nCopies(60, ArmCounts.NONE)));
        assertNotEquals(ScoreOutcome.PASS, judgement.outcome());
        assertEquals(new ScoreRange(50, 100), judgement.score());
    }

    private static Bearing bearing(MetricPlan metric, List<ArmCounts> windows) {
        return judge(metric, windows).metrics().getFirst().bearing();
    }

    private static ScoreJudgement judge(MetricPlan metric, List<ArmCounts> windows) {
        return new ScoreJudge(plan(metric)).judge(Map.of(metric.name(), windows));
    }

    private static ScorePlan plan(MetricPlan... metrics) {
        return new ScorePlan(0.25, 0.98, MINIMUM, 95, 75, Map.of(), List.of(metrics));
    }

    private static MetricPlan metric(NanStrategy strategy, boolean critical, boolean mustHaveData) {
        return new MetricPlan(
                "m0",
                Set.of("g"),
                Direction.INCREASE,
                strategy,
                Outliers.KEPT,
                EffectLimits.NONE,
                critical,
                mustHaveData,
                false);
    }
}
