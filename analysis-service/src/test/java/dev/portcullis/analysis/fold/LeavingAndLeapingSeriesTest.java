package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that leave a pod that goes on, that leap, or that bring a history with them: of either arm. */
class LeavingAndLeapingSeriesTest {
    private static final String SLO = "slo";
    private static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);

    enum Side {
        CANARY,
        BASELINE
    }

    private CounterState state = CounterState.NONE;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private List<String> faults = List.of();
    private Counts sum = Counts.NONE;
    private List<String> withheld = List.of();
    private int held;

    @ParameterizedTest
    @EnumSource
    void aGoodRouteThatLeavesWhileItsTotalGoesOnFailsNoRequest(Side side) {
        for (int t = 0; t <= 40; t++) {
            Map<String, Double> good = series("ok", "a", 200.0 * t, "b", 200.0 * t);
            if (t > 15 && t <= 30) {
                good.remove("ok{b}");
            }
            read(side, RatioNumerator.GOOD, good, series("req", "a", 200.0 * t, "b", 200.0 * t));
        }
        assertEquals(new Counts(0, 400 * 40), sum, "all of it is counted when the series is back");
        assertEquals(15, held);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorCounterOfOneRouteThatLeavesHidesNoError(Side side) {
        for (int t = 0; t <= 40; t++) {
            Map<String, Double> bad = series("err", "a", t, "b", 20.0 * t);
            if (t > 3) {
                bad.remove("err{b}");
            }
            read(side, RatioNumerator.BAD, bad, series("req", "a", 200.0 * t, "b", 200.0 * t));
        }
        assertEquals(new Counts(63, 1200), sum);
        assertEquals(
                List.of("objective 'slo': pod p of the " + (side == Side.CANARY ? "canary" : "baseline")
                        + ": its counter err{b}, last 60, is gone, while req{a} went on from 600 to 8,000; it is counted"
                        + " again when that counter is back, or its process was restarted"),
                faults);
    }

    @ParameterizedTest
    @EnumSource
    void aCodeThatLeavesThePageOfASingleMetricIsAFaultWhicheverItIs(Side side) {
        for (String leaving : List.of("200", "404", "500")) {
            state = CounterState.NONE;
            sum = Counts.NONE;
            for (int t = 0; t <= 20; t++) {
                Map<String, Double> all = series("n", "200", 100_000 + 500.0 * t, "404", 1000.0 + t, "500", 100.0 + t);
                if (t > 8) {
                    all.remove("n{" + leaving + "}");
                }
                byCode(side, all);
            }
            assertEquals(new Counts(8, 8 * 502), sum, leaving);
            assertEquals(1, faults.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSeriesThatLeavesWhileItsPodWarmsUpIsMissedAfterwards(Side side) {
        FoldRules warming = new FoldRules(Map.of(), true, Duration.ofSeconds(5), Instant.MAX);
        byCode(side == Side.CANARY ? Side.BASELINE : Side.CANARY, series("n", "200", 5), warming);
        for (int t = 0; t <= 20; t++) {
            Map<String, Double> all = series("n", "200", 500.0 * t, "500", 20.0 * t);
            if (t > 2) {
                all.remove("n{500}");
            }
            byCode(side, all, warming);
        }
        assertEquals(Counts.NONE, sum);
        assertEquals(1, faults.size());
    }

    @Test
    void aRestartForgetsTheSeriesOfTheOldProcess() {
        byCode(Side.CANARY, series("n", "200", 5000, "404", 7, "500", 3));
        byCode(Side.CANARY, series("n", "200", 20));
        byCode(Side.CANARY, series("n", "200", 40));
        assertEquals(List.of(), faults);
        assertEquals(new Counts(0, 40), sum);
    }

    @Test
    void aSeriesThatLeavesWhileItsPodIsInDoubtIsMissedAfterwards() {
        for (int t = 0; t <= 30; t++) {
            Map<String, Double> all = series("n", "200", (t < 2 ? 2000 : 1500) + 10.0 * t, "500", t);
            if (t > 4) {
                all.remove("n{500}");
            }
            byCode(Side.CANARY, all);
        }
        assertEquals(new Counts(1, 11), sum);
        assertTrue(faults.getFirst().contains("its counter n{500}, last 4, is gone"), faults::toString);
    }

    @ParameterizedTest
    @EnumSource
    void codesThatAppearWithAHistoryAreNoErrorsOfNow(Side side) {
        for (int t = 0; t <= 40; t++) {
            Map<String, Double> all = series("n", "200", 1_000_003 + 201.0 * t);
            for (int i = 0; i < 4; i++) {
                if (t > 9 + 5 * i) {
                    all.put("n{50" + i + "}", 3000.0 + t);
                }
            }
            byCode(side, all);
            assertEquals(t > 9, !withheld.isEmpty(), "failed ones may have been among them: " + t);
        }
        assertEquals(new Counts(30 + 25 + 20 + 15, 40 * 201 + 90), sum);
        assertEquals(0, held, "what is known goes on, so that it can fail");
    }

    @Test
    void aCodeThatAppearsWithAHistoryIsNamed() {
        byCode(Side.CANARY, series("n", "200", 1_000_003));
        byCode(Side.CANARY, series("n", "200", 1_000_203));
        byCode(Side.CANARY, series("n", "200", 1_000_403, "500", 3000));
        String appeared = "objective 'slo': pod p of the canary: n{500} appeared with 3,000 requests, in a pod whose"
                + " other series grew by 200 in the same 1 s";
        assertEquals(List.of(appeared + ", and is counted when the pod goes on at such a rate"), withheld);
        byCode(Side.CANARY, series("n", "200", 1_000_603, "500", 3001));
        assertEquals(
                List.of(appeared + "; failed requests may be among those that cannot be counted any more, so that none"
                        + " is passed"),
                withheld);
        assertEquals(new Counts(1, 601), sum);
    }

    @Test
    void goodRequestsThatAppearWithAHistoryHoldAPassOnlyUntilItIsKnown() {
        byCode(Side.CANARY, series("n", "200", 1_000_003));
        byCode(Side.CANARY, series("n", "200", 1_000_203));
        byCode(Side.CANARY, series("n", "200", 1_000_403, "404", 3000));
        assertEquals(1, withheld.size());
        byCode(Side.CANARY, series("n", "200", 1_000_603, "404", 3000));
        assertEquals(List.of(), withheld);
        assertEquals(new Counts(0, 600), sum);
    }

    /** An error counter whose labels change with each reading, such as a registry that is shared. */
    @ParameterizedTest
    @ValueSource(ints = {50, 300, 999})
    void aHistoryOfErrorsThatAppearsAtEachReadingFailsNobodyAndPassesNobody(int history) {
        Map<String, Double> all = new HashMap<>();
        for (int t = 0; t <= 30; t++) {
            all.put("n{200}", 50_000 + 50.0 * t);
            if (t > 9) {
                all.put("n{500,x" + t + "}", 100.0 + history);
            }
            byCode(Side.CANARY, all);
            assertEquals(t > 9, !withheld.isEmpty());
        }
        assertEquals(new Counts(0, 30 * 50), sum);
    }

    /** Good requests that were counted elsewhere hide no failed ones. */
    @Test
    void aHistoryOfGoodRequestsThatAppearsAtEachReadingHidesNoError() {
        Map<String, Double> all = new HashMap<>();
        for (int t = 0; t <= 30; t++) {
            all.put("n{200}", 50_000 + 45.0 * t);
            all.put("n{500}", 500 + 5.0 * t);
            if (t > 9) {
                all.put("n{200,x" + t + "}", 999.0);
            }
            byCode(Side.CANARY, all);
            assertEquals(t > 9, !withheld.isEmpty());
        }
        assertEquals(new Counts(30 * 5, 30 * 50), sum);
    }

    /** Labels that change with each reading while all requests come with the new ones: nothing is left that would tell. */
    @Test
    void whereOnlyFailedRequestsAreLeftOfTheKnownOnesTheyDoNotFailAnybody() {
        Map<String, Double> all = new HashMap<>(series("n", "200", 0, "500", 0));
        for (int t = 1; t <= 30; t++) {
            all.merge(t > 9 ? "n{200,x" + t + "}" : "n{200}", t > 9 ? 5_000.0 : 99.0, Double::sum);
            all.merge("n{500}", 1.0, Double::sum);
            byCode(Side.CANARY, all);
        }
        assertTrue(sum.bad() <= sum.total() / 50, sum::toString);
        assertFalse(withheld.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void manySmallSeriesThatAppearWithAHistoryAreNoRequestsOfNow(Side side) {
        for (int t = 0; t <= 30; t++) {
            Map<String, Double> all = series("n", "200", 20.0 * t);
            for (int i = 0; t > 9 && i < 100; i++) {
                all.put("n{5" + i + "}", 999.0);
            }
            byCode(side, all);
            assertTrue(
                    t < 10
                            || withheld.getFirst()
                                    .contains("n{50} and 99 others appeared with 99,900 requests together"),
                    withheld::toString);
        }
        assertEquals(new Counts(0, 30 * 20), sum);
        assertEquals(0, held);
    }

    @Test
    void manySmallSeriesOfASeparateMetricAppearWithNoMoreThanTheTotalGrewBy() {
        for (int t = 0; t <= 20; t++) {
            Map<String, Double> bad = new HashMap<>();
            for (int i = 0; t > 9 && i < 10; i++) {
                bad.put("err{" + i + "}", 50.0);
            }
            read(Side.CANARY, RatioNumerator.BAD, bad, series("req", "a", 200.0 * t));
        }
        assertEquals(0, sum.bad());
        assertEquals(1, held);
        assertEquals(1, withheld.size());
    }

    @Test
    void whatAppearsIsPartOfASurge() {
        for (int t = 0; t <= 10; t++) {
            byCode(Side.CANARY, series("n", "200", 20.0 * t));
        }
        byCode(Side.CANARY, series("n", "200", 220, "500", 990));
        assertEquals(new Counts(0, 220), sum);
        byCode(Side.CANARY, series("n", "200", 240, "500", 1980));
        assertEquals(new Counts(1980, 2220), sum, "the pod goes on at such a rate");
        assertEquals(List.of(), withheld);
        assertEquals(0, held);
    }

    @Test
    void whileNothingMovesWhatAppearedWaits() {
        for (int t = 0; t <= 10; t++) {
            byCode(Side.CANARY, series("n", "200", 20.0 * t));
        }
        for (int t = 0; t < 5; t++) {
            byCode(Side.CANARY, series("n", "200", 200, "500", 990));
            assertEquals(1, withheld.size());
        }
        byCode(Side.CANARY, series("n", "200", 210, "500", 1980));
        assertEquals(new Counts(1980, 2190), sum, "as of a source that has a new value at every few polls");
        assertEquals(List.of(), withheld);
    }

    @ParameterizedTest
    @EnumSource
    void errorsOfASeparateMetricThatAppearWithMoreThanTheTotalGrewAreNotCounted(Side side) {
        for (int t = 0; t <= 40; t++) {
            Map<String, Double> bad = t < 10 ? Map.of() : series("err", "a", 300.0 + t);
            read(side, RatioNumerator.BAD, bad, series("req", "a", 200.0 * t));
        }
        assertTrue(sum.bad() <= 40, sum::toString);
        assertEquals(1, held);
        assertEquals(1, withheld.size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 200, 420})
    void errorsThatAppearAsANewSeriesCount(double errors) {
        for (int t = 0; t <= 5; t++) {
            byCode(Side.CANARY, series("n", "200", 200.0 * t));
        }
        byCode(Side.CANARY, series("n", "200", 1000, "500", errors));
        assertEquals(new Counts(errors, 1000 + errors), sum, "though nothing else was served");
        assertEquals(0, held);
        assertEquals(List.of(), withheld);
    }

    /** More than the pod served before, as when clients try again: a reading later. */
    @Test
    void anOutageWithMoreRequestsThanBeforeCountsOneReadingLater() {
        for (int t = 0; t <= 5; t++) {
            byCode(Side.CANARY, series("n", "200", 200.0 * t));
        }
        byCode(Side.CANARY, series("n", "200", 1000, "500", 900));
        assertEquals(1, withheld.size());
        byCode(Side.CANARY, series("n", "200", 1000, "500", 1800));
        assertEquals(new Counts(1800, 2800), sum);
        assertEquals(List.of(), withheld);
    }

    /** A pod that was not seen to serve anything: by what the others of its version serve. */
    @Test
    void aPodThatFailsFromItsFirstRequestOnCountsByWhatTheOthersServe() {
        var busy = PodCounters.ofRatio(Map.of("n{200}", 0.0), Map.of("n{200}", 0.0));
        var idle = PodCounters.ofRatio(Map.of("n{200}", 0.0), Map.of("n{200}", 0.0));
        readAll(Map.of("p", busy, "q", idle));
        readAll(Map.of("p", PodCounters.ofRatio(Map.of("n{200}", 300.0), Map.of("n{200}", 300.0)), "q", idle));
        readAll(Map.of(
                "p",
                PodCounters.ofRatio(Map.of("n{200}", 600.0), Map.of("n{200}", 600.0)),
                "q",
                pod(series("n", "200", 0, "500", 310))));
        assertEquals(new Counts(310, 910), sum);
        assertEquals(List.of(), withheld);
    }

    @ParameterizedTest
    @EnumSource
    void labelsThatChangeWhileAPodServesBringNoRequests(Side side) {
        for (int t = 0; t <= 30; t++) {
            byCode(side, series("n", t > 6 ? "200,x" : "200", 200_000 + 2.0 * t));
        }
        assertEquals(new Counts(0, 12), sum);
        assertEquals(1, faults.size());
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodyCanServeIsNotCountedAndTheNextDifferenceIs(Side side) {
        for (int t = 0; t <= 20; t++) {
            byCode(side, series("n", "200", (t < 6 ? 0 : 1e12) + 3.0 * t, "500", 1));
            assertTrue(
                    t != 6 || withheld.getFirst().contains("its total leapt from 16 to 1,000,000,000,020 in 1 s"),
                    withheld::toString);
        }
        assertEquals(new Counts(0, 19 * 3), sum);
        assertEquals(0, held);
        assertEquals(List.of(), withheld, "no failed request was among them");
    }

    @Test
    void anErrorCounterThatLeapsOfAPodThatNeverServedSoMuchIsNotCounted() {
        for (int t = 0; t <= 20; t++) {
            byCode(Side.CANARY, series("n", "200", 500.0 * t, "500", t < 12 ? t : 1e17));
        }
        assertEquals(11, sum.bad());
        assertTrue(faults.getFirst().contains("too coarse"), faults::toString);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorCounterThatIsTooHighInEveryFewthReadingIsNeverCountedSo(Side side) {
        for (int t = 0; t <= 200; t++) {
            byCode(side, series("n", "200", 50_000 + 20.0 * t, "500", 50 + (t % 14 == 13 ? 20_000 : 0)));
        }
        assertEquals(0, sum.bad());
        assertTrue(sum.total() > 12 * 20 && sum.total() <= 200 * 20, sum::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {40_400, 50_000, 70_000})
    void ofTwoProcessesOfWhichOneIsAheadEachCountsForItselfAtMost(double other) {
        double errors = (other - 40_000) / 2;
        for (int t = 0; t <= 200; t++) {
            boolean ahead = (t / 13) % 2 == 1;
            byCode(Side.CANARY, series("n", "200", (ahead ? other : 40_000) + 20.0 * t, "500", ahead ? errors : 40));
        }
        assertTrue(sum.bad() <= errors, "the jump is counted once, if at all: " + sum);
        assertTrue(sum.total() <= 200 * 20 + other - 40_000 + errors, sum::toString);
    }

    @Test
    void aPodThatGetsAThousandTimesTheTrafficIsCountedWithTheNextReading() {
        double served = 0;
        for (int t = 0; t <= 20; t++) {
            served += t < 10 ? 5 : 5_000;
            byCode(Side.CANARY, series("n", "200", served));
        }
        assertEquals(0, held);
        assertEquals(9 * 5 + 11 * 5_000, sum.total());
        assertEquals(List.of(), withheld);
    }

    /** What is put off is no excuse: with the next reading it counts, or is told. */
    @ParameterizedTest
    @EnumSource
    void anErrorCounterThatLeavesWhileASurgeWaitsHidesNoError(Side side) {
        for (int t = 0; t <= 30; t++) {
            Map<String, Double> all = series("n", "200", t <= 10 ? 30 * t : 300 + 1500.0 * (t - 10), "500", t);
            if (t > 11) {
                all.remove("n{500}");
            }
            byCode(side, all);
        }
        assertEquals(new Counts(10, 310), sum);
        assertTrue(faults.getFirst().contains("its counter n{500}, last 11, is gone"), faults::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aCounterThatFallsInAPodWhoseTotalRisesIsNoRestart(Side side) {
        for (int t = 0; t <= 30; t++) {
            read(
                    side,
                    RatioNumerator.GOOD,
                    series("le", "0.3", t == 1 ? 100 : 1996 + 200.0 * t),
                    series("le", "+Inf", 2000 + 200.0 * t));
        }
        assertEquals(0, sum.bad());
        assertTrue(sum.total() > 0 && sum.total() <= 30 * 200, sum::toString);
    }

    private static Map<String, Double> series(String name, Object... labelsAndValues) {
        Map<String, Double> series = new HashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            series.put(name + "{" + labelsAndValues[i] + "}", ((Number) labelsAndValues[i + 1]).doubleValue());
        }
        return series;
    }

    /** Good is everything but the codes that begin with 5. */
    private static PodCounters pod(Map<String, Double> all) {
        Map<String, Double> good = new HashMap<>(all);
        good.keySet().removeIf(series -> series.contains("{5"));
        return PodCounters.ofRatio(good, all);
    }

    private void byCode(Side side, Map<String, Double> all) {
        byCode(side, all, RULES);
    }

    private void byCode(Side side, Map<String, Double> all, FoldRules rules) {
        read(side, RatioNumerator.GOOD, pod(all), rules);
    }

    private void read(Side side, RatioNumerator numerator, Map<String, Double> part, Map<String, Double> total) {
        read(side, numerator, PodCounters.ofRatio(part, total));
    }

    private void read(Side side, RatioNumerator numerator, PodCounters pod) {
        read(side, numerator, pod, RULES);
    }

    private void readAll(Map<String, PodCounters> pods) {
        read(Side.CANARY, RatioNumerator.GOOD, pods, RULES);
    }

    private void read(Side side, RatioNumerator numerator, PodCounters pod, FoldRules rules) {
        read(side, numerator, Map.of("p", pod), rules);
    }

    /** A second after the last reading. */
    private void read(Side side, RatioNumerator numerator, Map<String, PodCounters> pods, FoldRules rules) {
        var seen = side == Side.CANARY
                ? new ObjectiveCounters(numerator, pods, Map.of())
                : new ObjectiveCounters(numerator, Map.of(), pods);
        FoldResult fold = CounterFold.fold(state, new CounterReading.Counters(Map.of(SLO, seen)), rules, now);
        now = now.plusSeconds(1);
        state = fold.state();
        faults = fold.faults();
        withheld = fold.withheld();
        held += faults.isEmpty() ? 0 : 1;
        var counts = fold.increments().get(SLO).at(0);
        sum = faults.isEmpty() ? sum.plus(side == Side.CANARY ? counts.canary() : counts.baseline()) : sum;
    }
}
