package dev.portcullis.benchmarks.calibration.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aRegressionThatBeginsInsideOfAPollIsInAPartOfIt() {
        var ratios = draw(STEADY.from(1.25, 0.5), 3).stream()
                .map(Conditions::canaryRatio)
                .toList();
        assertEquals(List.of(0.002, 0.25 * 0.002 + 0.75 * 0.5, 0.5), ratios);
    }

    @Test
    void anOutageHitsBothArmsForItsLengthWhereverItBegins() {
        var steady = Scenario.steady(10, 90, 0, 0);
        var polls = draw(steady.withOutage(8, 0.5), 240);
        polls.forEach(each -> assertEquals(each.canaryRatio(), each.baselineRatio()));
        var failing = polls.stream().map(Conditions::canaryRatio).toList();
        assertEquals(8 * 0.5, failing.stream().mapToDouble(each -> each).sum(), 1e-9);
        assertEquals(7, failing.stream().filter(each -> each > 0.5 - 1e-12).count());
        assertEquals(
                2,
                failing.stream().filter(each -> each > 0 && each < 0.5 - 1e-12).count());
    }

    @Test
    void spellsOfWholePollsAddToWhatIsUsual() {
        var spells = new BadSpells(1, 1, 4, 0.5, 0.1, true);
        draw(STEADY.with(spells), 240)
                .forEach(each -> assertTrue(
                        each.canaryRatio() == 0.002 || Math.abs(each.canaryRatio() - 0.102) < 1e-12, each.toString()));
    }

    @Test
    void spellsBeginAndEndInsideOfPolls() {
        var share = new BadSpells(1, 1, 4, 0.3, 1).canary(SeededRandom.create(), 10_000);
        assertTrue(DoubleStream.of(share).filter(each -> each > 0 && each < 1).count() > 1000);
        assertTrue(DoubleStream.of(share).allMatch(each -> each >= 0 && each <= 1 + 1e-12));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void podsAreBadForTheirShareOfTheTime(boolean wholePolls) {
        var spells = new BadSpells(1, 9, 4, 0.05, 1, wholePolls);
        var random = SeededRandom.create();
        assertEquals(
                0.05, DoubleStream.of(spells.canary(random, 400_000)).average().orElseThrow(), 0.004);
        assertEquals(
                0.05,
                DoubleStream.of(spells.baseline(random, 100_000)).average().orElseThrow(),
                0.003);
    }

    @Test
    void spellsOfWholePollsHaveTheirMeanLength() {
        var share = new BadSpells(1, 1, 4, 0.05, 1, true).canary(SeededRandom.create(), 400_000);
        var ends = 0;
        for (var poll = 1; poll < share.length; poll++) {
            ends += share[poll] < share[poll - 1] ? 1 : 0;
        }
        assertEquals(4, DoubleStream.of(share).sum() / ends, 0.15);
    }

    @Test
    void spellsThatEndAnywhereHaveTheirMeanLength() {
        // Long ones, so that hardly any begins in the poll in which the one before it ends.
        var share = new BadSpells(1, 1, 40, 0.05, 1).canary(SeededRandom.create(), 2_000_000);
        var begun = 0;
        for (var poll = 1; poll < share.length; poll++) {
            begun += share[poll] > 0 && share[poll - 1] == 0 ? 1 : 0;
        }
        assertEquals(40, DoubleStream.of(share).sum() / begun, 2.5);
    }

    @Test
    void whatDiffersFromRunToRunIsTheSameForTheWholeOfEach() {
        var random = SeededRandom.create();
        var scenario = STEADY.inEachRun(new Pods(1, 9, 1)::errors);
        var first = scenario.draw(random, 5);
        assertEquals(1, first.stream().distinct().count());
        assertNotEquals(first, scenario.draw(random, 5));
    }

    @Test
    void podsThatDifferFailAsOftenAsTheOthersOnAverage() {
        var random = SeededRandom.create();
        var pods = new Pods(3, 27, 0.5);
        var before = new Conditions(150, 1350, 0.002, 0.002);
        var drawn = Stream.generate(() -> pods.errors(random).apply(before))
                .limit(20_000)
                .toList();
        assertEquals(
                0.002,
                drawn.stream().mapToDouble(Conditions::canaryRatio).average().orElseThrow(),
                0.00003);
        assertEquals(
                0.002,
                drawn.stream().mapToDouble(Conditions::baselineRatio).average().orElseThrow(),
                0.00001);
    }

    @Test
    void clientsShareOutAllRequestsAndFailAsOftenAsBeforeOnAverage() {
        var random = SeededRandom.create();
        var clients = new Clients(100, 0.5, 0.1);
        var before = new Conditions(150, 1350, 0.002, 0.002);
        var drawn = Stream.generate(() -> clients.errors(random).apply(before))
                .limit(5000)
                .toList();
        drawn.forEach(each -> assertEquals(1500, each.canaryRequests() + each.baselineRequests(), 1e-9));
        assertEquals(
                0.1,
                drawn.stream()
                        .mapToDouble(each -> each.canaryRequests() / 1500)
                        .average()
                        .orElseThrow(),
                0.01);
        assertEquals(
                0.002,
                drawn.stream()
                        .mapToDouble(each -> (each.canaryRequests() * each.canaryRatio()
                                        + each.baselineRequests() * each.baselineRatio())
                                / 1500)
                        .average()
                        .orElseThrow(),
                0.00005);
    }

    @Test
    void whatWandersIsRightOnAverage() {
        var factors = new AutoregressiveRatio(0.7, 0.6).factors(SeededRandom.create(), 400_000);
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
        var seen = new Latencies(1000, 9000, new double[] {1}, new double[] {1}, List.of(50, 250))
                .sample(SeededRandom.create(), 1, 15)
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
