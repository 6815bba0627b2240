package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScoreJudgePropertiesTest {
    @Property(tries = 300)
    void theOrderOfTheWindowsDoesNotMatter(
            @ForAll("metrics") MetricPlan metric, @ForAll("runs") List<ArmCounts> windows, @ForAll long seed) {
        List<ArmCounts> shuffled = new ArrayList<>(windows);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(judge(metric, windows), judge(metric, shuffled));
    }

    @Property(tries = 300)
    void theSameWindowsGiveTheSameJudgementToTheBit(
            @ForAll("metrics") MetricPlan metric, @ForAll("runs") List<ArmCounts> windows) {
        ScoreJudgement first = judge(metric, windows);
        ScoreJudgement second = judge(metric, new ArrayList<>(windows));
        assertEquals(first, second);
        assertEquals(first.toString(), second.toString());
    }

    @Property(tries = 300)
    void swappingArmsAndDirectionSwapsHighAndLow(@ForAll("runs") List<ArmCounts> windows) {
        List<ArmCounts> swapped = windows.stream()
                .map(w -> new ArmCounts(w.baseline(), w.canary()))
                .toList();
        Classification there = classification(Direction.INCREASE, windows);
        Classification back = classification(Direction.DECREASE, swapped);
        assertEquals(there == Classification.HIGH ? Classification.LOW : there, back);
    }

    @Property(tries = 500)
    void everyNumberIsOneAndNoDataNeverPasses(
            @ForAll("metrics") MetricPlan metric, @ForAll("runs") List<ArmCounts> windows) {
        ScoreJudgement judgement = judge(metric, windows);
        assertFalse(judgement.toString().contains("NaN") || judgement.toString().contains("Infinity"));
        assertTrue(judgement.score().lowest() >= 0
                && judgement.score().lowest() <= judgement.score().highest()
                && judgement.score().highest() <= 100);
        boolean noData = judgement.metrics().getFirst().classification() == Classification.NODATA;
        assertFalse(noData && judgement.outcome() == ScoreOutcome.PASS);
    }

    @Provide
    Arbitrary<List<ArmCounts>> runs() {
        Arbitrary<Counts> counts = Arbitraries.integers()
                .between(0, 200)
                .flatMap(total -> Arbitraries.integers().between(0, total).map(bad -> new Counts(bad, total)));
        Arbitrary<Counts> few = Arbitraries.integers().between(0, 3).map(bad -> new Counts(bad, 100));
        Arbitrary<Counts> arm = Arbitraries.oneOf(counts, few, Arbitraries.just(Counts.NONE));
        return Combinators.combine(arm, arm).as(ArmCounts::new).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<MetricPlan> metrics() {
        return Combinators.combine(
                        Arbitraries.of(Direction.class),
                        Arbitraries.of(NanStrategy.class),
                        Arbitraries.of(EffectMeasure.class),
                        Arbitraries.of(0.0, 1.5),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((direction, strategy, measure, outliers, critical, mustHaveData) -> new MetricPlan(
                        "m",
                        Set.of("g"),
                        direction,
                        strategy,
                        new Outliers(outliers),
                        limits(measure),
                        critical,
                        mustHaveData,
                        false));
    }

    private static EffectLimits limits(EffectMeasure measure) {
        double none = measure.noChange();
        return new EffectLimits(measure, none, none, none, none);
    }

    private static Classification classification(Direction direction, List<ArmCounts> windows) {
        MetricPlan metric = new MetricPlan(
                "m", Set.of("g"), direction, NanStrategy.REMOVE, Outliers.KEPT, EffectLimits.NONE, false, false, false);
        return judge(metric, windows).metrics().getFirst().classification();
    }

    private static ScoreJudgement judge(MetricPlan metric, List<ArmCounts> windows) {
        ScorePlan plan = new ScorePlan(0.25, 0.98, 5, 95, 75, Map.of(), List.of(metric));
        return new ScoreJudge(plan).judge(Map.of("m", windows));
    }
}
