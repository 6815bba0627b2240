package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The figures that docs/judges/mann-whitney.md warns with, from fixed seeds. */
class ScoreJudgeLimitsTest {
    private static final int RUNS = 400;

    @Test
    void oneLookAtIndependentWindowsFlagsFewHealthyCanaries() {
        assertTrue(flagged(Direction.EITHER, 0, 1) < 0.02);
    }

    @Test
    void twelveLooksAtWindowsThatDependOnOneAnotherFlagHalfOfThem() {
        assertEquals(0.17, flagged(Direction.EITHER, 0.7, 1), 0.05);
        assertEquals(0.55, flagged(Direction.EITHER, 0.7, 12), 0.08);
        assertEquals(0.28, flagged(Direction.INCREASE, 0.7, 12), 0.08);
    }

    @Test
    void sparseErrorsAreNotSeenUntilMostWindowsHoldOne() {
        assertEquals(0, found(120, 10));
        assertEquals(0.42, found(60, 20), 0.08);
        assertEquals(0.23, found(30, 20), 0.08);
        assertTrue(found(120, 30) > 0.98);
    }

    /** The share of canaries of 5 % against 0.5 % bad requests that is found. */
    private static double found(int windows, int requests) {
        Random random = new Random(1);
        return share(
                1, () -> Stream.generate(() -> new ArmCounts(bad(random, requests, 0.05), bad(random, requests, 0.005)))
                        .limit(windows)
                        .toList());
    }

    /** The share of canaries like their baseline that is flagged at one of the looks, evenly spread over 144 windows. */
    private static double flagged(Direction direction, double autocorrelation, int looks) {
        Random random = new Random(3);
        return share(direction, looks, () -> healthy(random, autocorrelation));
    }

    private static List<ArmCounts> healthy(Random random, double autocorrelation) {
        double canary = random.nextGaussian();
        double baseline = random.nextGaussian();
        double fresh = StrictMath.sqrt(1 - autocorrelation * autocorrelation);
        List<ArmCounts> windows = new ArrayList<>();
        for (int i = 0; i < 144; i++) {
            canary = autocorrelation * canary + fresh * random.nextGaussian();
            baseline = autocorrelation * baseline + fresh * random.nextGaussian();
            windows.add(new ArmCounts(ratio(canary), ratio(baseline)));
        }
        return windows;
    }

    private static double share(int looks, Supplier<List<ArmCounts>> runs) {
        return share(Direction.INCREASE, looks, runs);
    }

    private static double share(Direction direction, int looks, Supplier<List<ArmCounts>> runs) {
        MetricPlan metric = new MetricPlan(
                "m", Set.of("g"), direction, NanStrategy.REMOVE, Outliers.KEPT, EffectLimits.NONE, false, false, false);
        ScoreJudge judge = new ScoreJudge(new ScorePlan(0.25, 0.98, 12, 95, 75, Map.of(), List.of(metric)));
        return Stream.generate(runs)
                        .limit(RUNS)
                        .filter(windows -> IntStream.rangeClosed(1, looks)
                                .mapToObj(look -> windows.subList(0, windows.size() * look / looks))
                                .anyMatch(seen -> judge.judge(Map.of("m", seen)).outcome() == ScoreOutcome.FAIL))
                        .count()
                / (double) RUNS;
    }

    private static Counts bad(Random random, int requests, double ratio) {
        return new Counts(
                random.doubles(requests).filter(drawn -> drawn < ratio).count(), requests);
    }

    /** A ratio that goes up and down around 1 % by about a third. */
    private static Counts ratio(double position) {
        return new Counts(10_000 * StrictMath.exp(0.3 * position), 1_000_000);
    }
}
