package dev.portcullis.analysis.fold;

import static dev.portcullis.analysis.fold.SingleArmFold.pod;
import static dev.portcullis.analysis.fold.SingleArmFold.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.SingleArmFold.Side;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that appear in a pod that goes on, and may bring a history with them. */
class NewSeriesTest {
    private final SingleArmFold arm = new SingleArmFold();

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
            arm.byCode(side, all);
            assertEquals(t > 9, !arm.withheld.isEmpty(), "failed ones may have been among them: " + t);
        }
        assertEquals(new Counts(30 + 25 + 20 + 15, 40 * 201 + 90), arm.sum);
        assertEquals(0, arm.held, "what is known goes on, so that it can fail");
    }

    @Test
    void aCodeThatAppearsWithAHistoryIsNamed() {
        arm.byCode(Side.CANARY, series("n", "200", 1_000_003));
        arm.byCode(Side.CANARY, series("n", "200", 1_000_203));
        arm.byCode(Side.CANARY, series("n", "200", 1_000_403, "500", 3000));
        String appeared = "objective 'slo': pod p of the canary: n{500} appeared with 3,000 requests, in a pod whose"
                + " other series grew by 200 in the same 1 s";
        assertEquals(List.of(appeared + ", and is counted when the pod goes on at such a rate"), arm.withheld);
        arm.byCode(Side.CANARY, series("n", "200", 1_000_603, "500", 3001));
        assertEquals(
                List.of(appeared + "; failed requests may be among those that cannot be counted any more, so that none"
                        + " is passed"),
                arm.withheld);
        assertEquals(new Counts(1, 601), arm.sum);
    }

    @Test
    void goodRequestsThatAppearWithAHistoryHoldAPassOnlyUntilItIsKnown() {
        arm.byCode(Side.CANARY, series("n", "200", 1_000_003));
        arm.byCode(Side.CANARY, series("n", "200", 1_000_203));
        arm.byCode(Side.CANARY, series("n", "200", 1_000_403, "404", 3000));
        assertEquals(1, arm.withheld.size());
        arm.byCode(Side.CANARY, series("n", "200", 1_000_603, "404", 3000));
        assertEquals(List.of(), arm.withheld);
        assertEquals(new Counts(0, 600), arm.sum);
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
            arm.byCode(Side.CANARY, all);
            assertEquals(t > 9, !arm.withheld.isEmpty());
        }
        assertEquals(new Counts(0, 30 * 50), arm.sum);
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
            arm.byCode(Side.CANARY, all);
            assertEquals(t > 9, !arm.withheld.isEmpty());
        }
        assertEquals(new Counts(30 * 5, 30 * 50), arm.sum);
    }

    /** Labels that change with each reading while all requests come with the new ones: nothing is left that would tell. */
    @Test
    void whereOnlyFailedRequestsAreLeftOfTheKnownOnesTheyDoNotFailAnybody() {
        Map<String, Double> all = new HashMap<>(series("n", "200", 0, "500", 0));
        for (int t = 1; t <= 30; t++) {
            all.merge(t > 9 ? "n{200,x" + t + "}" : "n{200}", t > 9 ? 5_000.0 : 99.0, Double::sum);
            all.merge("n{500}", 1.0, Double::sum);
            arm.byCode(Side.CANARY, all);
        }
        assertTrue(arm.sum.bad() <= arm.sum.total() / 50, arm.sum::toString);
        assertFalse(arm.withheld.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void manySmallSeriesThatAppearWithAHistoryAreNoRequestsOfNow(Side side) {
        for (int t = 0; t <= 30; t++) {
            Map<String, Double> all = series("n", "200", 20.0 * t);
            for (int i = 0; t > 9 && i < 100; i++) {
                all.put("n{5" + i + "}", 999.0);
            }
            arm.byCode(side, all);
            assertTrue(
                    t < 10
                            || arm.withheld
                                    .getFirst()
                                    .contains("n{50} and 99 others appeared with 99,900 requests together"),
                    arm.withheld::toString);
        }
        assertEquals(new Counts(0, 30 * 20), arm.sum);
        assertEquals(0, arm.held);
    }

    @Test
    void manySmallSeriesOfASeparateMetricAppearWithNoMoreThanTheTotalGrewBy() {
        for (int t = 0; t <= 20; t++) {
            Map<String, Double> bad = new HashMap<>();
            for (int i = 0; t > 9 && i < 10; i++) {
                bad.put("err{" + i + "}", 50.0);
            }
            arm.read(Side.CANARY, RatioNumerator.BAD, bad, series("req", "a", 200.0 * t));
        }
        assertEquals(0, arm.sum.bad());
        assertEquals(1, arm.held);
        assertEquals(1, arm.withheld.size());
    }

    @Test
    void whatAppearsIsPartOfASurge() {
        for (int t = 0; t <= 10; t++) {
            arm.byCode(Side.CANARY, series("n", "200", 20.0 * t));
        }
        arm.byCode(Side.CANARY, series("n", "200", 220, "500", 990));
        assertEquals(new Counts(0, 220), arm.sum);
        arm.byCode(Side.CANARY, series("n", "200", 240, "500", 1980));
        assertEquals(new Counts(1980, 2220), arm.sum, "the pod goes on at such a rate");
        assertEquals(List.of(), arm.withheld);
        assertEquals(0, arm.held);
    }

    @Test
    void whileNothingMovesWhatAppearedWaits() {
        for (int t = 0; t <= 10; t++) {
            arm.byCode(Side.CANARY, series("n", "200", 20.0 * t));
        }
        for (int t = 0; t < 5; t++) {
            arm.byCode(Side.CANARY, series("n", "200", 200, "500", 990));
            assertEquals(1, arm.withheld.size());
        }
        arm.byCode(Side.CANARY, series("n", "200", 210, "500", 1980));
        assertEquals(new Counts(1980, 2190), arm.sum, "as of a source that has a new value at every few polls");
        assertEquals(List.of(), arm.withheld);
    }

    @ParameterizedTest
    @EnumSource
    void errorsOfASeparateMetricThatAppearWithMoreThanTheTotalGrewAreNotCounted(Side side) {
        for (int t = 0; t <= 40; t++) {
            Map<String, Double> bad = t < 10 ? Map.of() : series("err", "a", 300.0 + t);
            arm.read(side, RatioNumerator.BAD, bad, series("req", "a", 200.0 * t));
        }
        assertTrue(arm.sum.bad() <= 40, arm.sum::toString);
        assertEquals(1, arm.held);
        assertEquals(1, arm.withheld.size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 200, 420})
    void errorsThatAppearAsANewSeriesCount(double errors) {
        for (int t = 0; t <= 5; t++) {
            arm.byCode(Side.CANARY, series("n", "200", 200.0 * t));
        }
        arm.byCode(Side.CANARY, series("n", "200", 1000, "500", errors));
        assertEquals(new Counts(errors, 1000 + errors), arm.sum, "though nothing else was served");
        assertEquals(0, arm.held);
        assertEquals(List.of(), arm.withheld);
    }

    /** More than the pod served before, as when clients try again: a reading later. */
    @Test
    void anOutageWithMoreRequestsThanBeforeCountsOneReadingLater() {
        for (int t = 0; t <= 5; t++) {
            arm.byCode(Side.CANARY, series("n", "200", 200.0 * t));
        }
        arm.byCode(Side.CANARY, series("n", "200", 1000, "500", 900));
        assertEquals(1, arm.withheld.size());
        arm.byCode(Side.CANARY, series("n", "200", 1000, "500", 1800));
        assertEquals(new Counts(1800, 2800), arm.sum);
        assertEquals(List.of(), arm.withheld);
    }

    /** A pod that was not seen to serve anything: by what the others of its version serve. */
    @Test
    void aPodThatFailsFromItsFirstRequestOnCountsByWhatTheOthersServe() {
        var busy = PodCounters.ofRatio(Map.of("n{200}", 0.0), Map.of("n{200}", 0.0));
        var idle = PodCounters.ofRatio(Map.of("n{200}", 0.0), Map.of("n{200}", 0.0));
        arm.readAll(Map.of("p", busy, "q", idle));
        arm.readAll(Map.of("p", PodCounters.ofRatio(Map.of("n{200}", 300.0), Map.of("n{200}", 300.0)), "q", idle));
        arm.readAll(Map.of(
                "p",
                PodCounters.ofRatio(Map.of("n{200}", 600.0), Map.of("n{200}", 600.0)),
                "q",
                pod(series("n", "200", 0, "500", 310))));
        assertEquals(new Counts(310, 910), arm.sum);
        assertEquals(List.of(), arm.withheld);
    }
}
