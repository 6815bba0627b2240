package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreJudgeTest {
    @ParameterizedTest
    @CsvSource({
        "3, 0, 100, PASS",
        "19, 1, 95, PASS",
        "3, 1, 75, MARGINAL",
        "2, 1, 66.67, FAIL",
        "0, 2, 0, FAIL",
    })
    void theScoreIsTheShareOfMetricsThatPass(int passing, int failing, double score, ScoreOutcome outcome) {
        String[] groups = new String[passing + failing];
        Arrays.fill(groups, "g");
        ScoreJudgement judgement = judge(Map.of(), failing, groups);
        assertEquals(new ScoreRange(score, score), judgement.score());
        assertEquals(outcome, judgement.outcome());
    }

    @ParameterizedTest
    @CsvSource({
        // Of the two groups a and b only b's metric passes.
        "0, 100, 100",
        "75, 25, 25",
        "50, , 50",
        ", , 50",
        ", 10, 10",
    })
    void groupsDivideTheScoreByTheirWeights(Double a, Double b, double score) {
        Map<String, Double> weights = new HashMap<>();
        if (a != null) {
            weights.put("a", a);
        }
        if (b != null) {
            weights.put("b", b);
        }
        assertEquals(score, judge(weights, 1, "a", "b").score().lowest());
    }

    @Test
    void groupsWithoutWeightDivideWhatIsLeft() {
        List<GroupScore> groups = judge(Map.of("a", 40.0), 1, "a", "b", "c").groups();
        assertEquals(
                List.of(
                        new GroupScore("a", 40, new ScoreRange(0, 0)),
                        new GroupScore("b", 30, new ScoreRange(100, 100)),
                        new GroupScore("c", 30, new ScoreRange(100, 100))),
                groups);
    }

    @Test
    void thirdsAddUpToAPass() {
        ScoreJudgement judgement = judge(Map.of("a", 33.3, "b", 33.3, "c", 33.4), 0, "a", "b", "c");
        assertEquals(new ScoreRange(100, 100), judgement.score());
    }

    @Test
    void aMetricCountsInEachOfItsGroups() {
        MetricPlan inBoth = new MetricPlan(
                "m0",
                Set.of("a", "b"),
                Direction.INCREASE,
                NanStrategy.REMOVE,
                Outliers.KEPT,
                EffectLimits.NONE,
                false,
                false,
                false);
        ScorePlan plan = ScorePlan.of(List.of(inBoth, metric("m1", "b", false, false)));
        ScoreJudgement judgement = new ScoreJudge(plan).judge(Map.of("m0", Windows.worse(), "m1", Windows.healthy()));
        assertEquals(new ScoreRange(25, 25), judgement.score());
    }

    @Test
    void aCriticalFailureMakesTheScoreZero() {
        ScorePlan plan = ScorePlan.of(List.of(
                metric("m0", "g", true, false), metric("m1", "g", false, false), metric("m2", "g", false, false)));
        ScoreJudgement judgement = new ScoreJudge(plan)
                .judge(Map.of("m0", Windows.worse(), "m1", Windows.healthy(), "m2", Windows.healthy()));
        assertEquals(ScoreOutcome.FAIL, judgement.outcome());
        assertEquals(new ScoreRange(0, 0), judgement.score());
        assertEquals("score 0 of 100 (PASS from 95, FAIL below 75), critical failure of m0", judgement.reason());
    }

    @Test
    void aMutedMetricIsShownOnly() {
        ScorePlan plan = ScorePlan.of(List.of(metric("m0", "g", false, true), metric("m1", "g", false, false)));
        ScoreJudgement judgement = new ScoreJudge(plan).judge(Map.of("m0", Windows.worse(), "m1", Windows.healthy()));
        assertEquals(ScoreOutcome.PASS, judgement.outcome());
        assertEquals(Classification.HIGH, judgement.metrics().getFirst().classification());
        assertEquals(Bearing.NONE, judgement.metrics().getFirst().bearing());
    }

    @Test
    void windowsOfAMetricTheyDoNotBelongToAreRefused() {
        ScoreJudge judge = new ScoreJudge(ScorePlan.of(List.of(MetricPlan.badRatio("m0"))));
        InvalidScorePlanException fault =
                assertThrows(InvalidScorePlanException.class, () -> judge.judge(Map.of("mO", Windows.healthy())));
        assertEquals("windows.mO", fault.field());
        assertEquals("windows.mO is given, must be of a metric of the plan: [m0]", fault.getMessage());
    }

    /** One metric per group named; the first so many fail. */
    private static ScoreJudgement judge(Map<String, Double> weights, int failing, String... groups) {
        Map<String, List<ArmCounts>> windows = new HashMap<>();
        List<MetricPlan> metrics = IntStream.range(0, groups.length)
                .mapToObj(i -> metric("m" + i, groups[i], false, false))
                .toList();
        for (int i = 0; i < groups.length; i++) {
            windows.put("m" + i, i < failing ? Windows.worse() : Windows.healthy());
        }
        return new ScoreJudge(new ScorePlan(0.25, 0.98, 50, 95, 75, weights, metrics)).judge(windows);
    }

    private static MetricPlan metric(String name, String group, boolean critical, boolean muted) {
        return new MetricPlan(
                name,
                Set.of(group),
                Direction.INCREASE,
                NanStrategy.REMOVE,
                Outliers.KEPT,
                EffectLimits.NONE,
                critical,
                false,
                muted);
    }
}
