package dev.portcullis.analysis.fold;

import static dev.portcullis.analysis.fold.SingleArmFold.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.SingleArmFold.Side;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Series that leave a pod that goes on. */
class VanishedSeriesTest {
    private final SingleArmFold arm = new SingleArmFold();

    @ParameterizedTest
    @EnumSource
    void aGoodRouteThatLeavesWhileItsTotalGoesOnFailsNoRequest(Side side) {
        for (int t = 0; t <= 40; t++) {
            Map<String, Double> good = series("ok", "a", 200.0 * t, "b", 200.0 * t);
            if (t > 15 && t <= 30) {
                good.remove("ok{b}");
            }
            arm.read(side, RatioNumerator.GOOD, good, series("req", "a", 200.0 * t, "b", 200.0 * t));
        }
        assertEquals(new Counts(0, 400 * 40), arm.sum, "all of it is counted when the series is back");
        assertEquals(15, arm.held);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorCounterOfOneRouteThatLeavesHidesNoError(Side side) {
        for (int t = 0; t <= 40; t++) {
            Map<String, Double> bad = series("err", "a", t, "b", 20.0 * t);
            if (t > 3) {
                bad.remove("err{b}");
            }
            arm.read(side, RatioNumerator.BAD, bad, series("req", "a", 200.0 * t, "b", 200.0 * t));
        }
        assertEquals(new Counts(63, 1200), arm.sum);
        assertEquals(
                List.of("objective 'slo': pod p of the " + (side == Side.CANARY ? "canary" : "baseline")
                        + ": its counter err{b}, last 60, is gone, while req{a} went on from 600 to 8,000; it is counted"
                        + " again when that counter is back, or its process was restarted"),
                arm.faults);
    }

    @ParameterizedTest
    @EnumSource
    void aCodeThatLeavesThePageOfASingleMetricIsAFaultWhicheverItIs(Side side) {
        for (String leaving : List.of("200", "404", "500")) {
            SingleArmFold page = new SingleArmFold();
            for (int t = 0; t <= 20; t++) {
                Map<String, Double> all = series("n", "200", 100_000 + 500.0 * t, "404", 1000.0 + t, "500", 100.0 + t);
                if (t > 8) {
                    all.remove("n{" + leaving + "}");
                }
                page.byCode(side, all);
            }
            assertEquals(new Counts(8, 8 * 502), page.sum, leaving);
            assertEquals(1, page.faults.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSeriesThatLeavesWhileItsPodWarmsUpIsMissedAfterwards(Side side) {
        FoldRules warming = new FoldRules(Map.of(), true, Duration.ofSeconds(5), Instant.MAX);
        arm.byCode(side == Side.CANARY ? Side.BASELINE : Side.CANARY, series("n", "200", 5), warming);
        for (int t = 0; t <= 20; t++) {
            Map<String, Double> all = series("n", "200", 500.0 * t, "500", 20.0 * t);
            if (t > 2) {
                all.remove("n{500}");
            }
            arm.byCode(side, all, warming);
        }
        assertEquals(Counts.NONE, arm.sum);
        assertEquals(1, arm.faults.size());
    }

    @Test
    void aRestartForgetsTheSeriesOfTheOldProcess() {
        arm.byCode(Side.CANARY, series("n", "200", 5000, "404", 7, "500", 3));
        arm.byCode(Side.CANARY, series("n", "200", 20));
        arm.byCode(Side.CANARY, series("n", "200", 40));
        assertEquals(List.of(), arm.faults);
        assertEquals(new Counts(0, 40), arm.sum);
    }

    @Test
    void aSeriesThatLeavesWhileItsPodIsInDoubtIsMissedAfterwards() {
        for (int t = 0; t <= 30; t++) {
            Map<String, Double> all = series("n", "200", (t < 2 ? 2000 : 1500) + 10.0 * t, "500", t);
            if (t > 4) {
                all.remove("n{500}");
            }
            arm.byCode(Side.CANARY, all);
        }
        assertEquals(new Counts(1, 11), arm.sum);
        assertTrue(arm.faults.getFirst().contains("its counter n{500}, last 4, is gone"), arm.faults::toString);
    }

    @ParameterizedTest
    @EnumSource
    void labelsThatChangeWhileAPodServesBringNoRequests(Side side) {
        for (int t = 0; t <= 30; t++) {
            arm.byCode(side, series("n", t > 6 ? "200,x" : "200", 200_000 + 2.0 * t));
        }
        assertEquals(new Counts(0, 12), arm.sum);
        assertEquals(1, arm.faults.size());
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
            arm.byCode(side, all);
        }
        assertEquals(new Counts(10, 310), arm.sum);
        assertTrue(arm.faults.getFirst().contains("its counter n{500}, last 11, is gone"), arm.faults::toString);
    }
}
