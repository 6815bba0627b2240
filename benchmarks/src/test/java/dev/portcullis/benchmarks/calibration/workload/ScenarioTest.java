package dev.portcullis.benchmarks.calibration.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static final Scenario STEADY = Scenario.steady(10, 90, 0.002, 0.001);

    @Test
    void aSteadyScenarioIsTheSameInEveryPoll() {
        assertEquals(
                List.of(new Conditions(150, 1350, 0.002, 0.001), new Conditions(150, 1350, 0.002, 0.001)),
                draw(STEADY, 2));
    }

    @Test
    void aRegressionBeginsInItsPoll() {
        assertEquals(
                List.of(0.002, 0.002, 0.5),
                draw(STEADY.from(2, 0.5), 3).stream()
                        .map(Conditions::canaryRatio)
                        .toList());
    }

    @Test
    void trafficStepsKeepTheSumOfRequests() {
        var steps = draw(STEADY.stepping(0.1, 0.5), 4);
        assertEquals(
                List.of(150.0, 150.0, 750.0, 750.0),
                steps.stream().map(Conditions::canaryRequests).toList());
        steps.forEach(each -> assertEquals(1500, each.canaryRequests() + each.baselineRequests(), 1e-9));
    }

    @Test
    void driftIsCommonToBothArms() {
        var last = draw(STEADY.drifting(progress -> 1 + 4 * progress), 4).getLast();
        assertEquals(0.008, last.canaryRatio(), 1e-12);
        assertEquals(0.004, last.baselineRatio(), 1e-12);
    }

    @Test
    void anOutageHitsBothArmsForItsLength() {
        var polls = draw(STEADY.withOutage(8, 0.3), 240);
        assertEquals(8, polls.stream().filter(each -> each.canaryRatio() == 0.3).count());
        polls.forEach(each -> assertEquals(each.canaryRatio() == 0.3, each.baselineRatio() == 0.3));
    }

    @Test
    void spellsAddToWhatIsUsual() {
        var spells = new BadSpells(1, 1, 4, 0.5, 0.1);
        draw(STEADY.with(spells), 240)
                .forEach(each -> assertTrue(
                        each.canaryRatio() == 0.002 || Math.abs(each.canaryRatio() - 0.102) < 1e-12, each.toString()));
    }

    @Test
    void podsAreBadForTheirShareOfTheTime() {
        var spells = new BadSpells(1, 9, 4, 0.05, 1);
        var random = SeededRandom.create();
        assertEquals(
                0.05, DoubleStream.of(spells.canary(random, 400_000)).average().orElseThrow(), 0.004);
        assertEquals(
                0.05,
                DoubleStream.of(spells.baseline(random, 100_000)).average().orElseThrow(),
                0.003);
    }

    @Test
    void spellsHaveTheirMeanLength() {
        var share = new BadSpells(1, 1, 4, 0.05, 1).canary(SeededRandom.create(), 400_000);
        var ends = 0;
        for (var poll = 1; poll < share.length; poll++) {
            ends += share[poll] < share[poll - 1] ? 1 : 0;
        }
        assertEquals(4, DoubleStream.of(share).sum() / ends, 0.15);
    }

    @Test
    void whatWandersIsRightOnAverage() {
        var factors = new Wandering(0.7, 0.6).factors(SeededRandom.create(), 400_000);
        assertEquals(1, DoubleStream.of(factors).average().orElseThrow(), 0.015);
    }

    @Test
    void windowsAreSumsOfPolls() {
        var polls = new Workload("x", STEADY, Clumping.FIVES).sample(SeededRandom.create(), 5);
        var windows = polls.windows(2);
        assertEquals(2, windows.size());
        assertEquals(polls.counts().get(2).plus(polls.counts().get(3)), windows.get(1));
    }

    @Test
    void latenciesAreCountedAtEveryBoundary() {
        var seen = new Latencies(1000, 1, List.of(50, 250))
                .sample(SeededRandom.create(), 1)
                .getFirst();
        var median = seen.at(0).baseline();
        assertEquals(0.5, median.bad() / median.total(), 0.01);
        assertEquals(0.0221, seen.at(1).baseline().bad() / median.total(), 0.002);
        assertEquals(seen.at(0).canary().total(), seen.at(1).canary().total());
        assertEquals(0.1263, Latencies.exceeding(250, 2), 1e-3);
    }

    private static List<Conditions> draw(Scenario scenario, int polls) {
        return scenario.draw(SeededRandom.create(), polls);
    }
}
