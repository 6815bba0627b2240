package dev.portcullis.analysis.fold;

import static dev.portcullis.analysis.fold.SingleArmFold.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.SingleArmFold.Side;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that leap, as of another process or by more than anybody serves. */
class LeapTest {
    private final SingleArmFold arm = new SingleArmFold();

    @ParameterizedTest
    @EnumSource
    void whatNobodyCanServeIsNotCountedAndTheNextDifferenceIs(Side side) {
        for (int t = 0; t <= 20; t++) {
            arm.byCode(side, series("n", "200", (t < 6 ? 0 : 1e12) + 3.0 * t, "500", 1));
            assertTrue(
                    t != 6 || arm.withheld.getFirst().contains("its total leapt from 16 to 1,000,000,000,020 in 1 s"),
                    arm.withheld::toString);
        }
        assertEquals(new Counts(0, 19 * 3), arm.sum);
        assertEquals(0, arm.held);
        assertEquals(List.of(), arm.withheld, "no failed request was among them");
    }

    @Test
    void anErrorCounterThatLeapsOfAPodThatNeverServedSoMuchIsNotCounted() {
        for (int t = 0; t <= 20; t++) {
            arm.byCode(Side.CANARY, series("n", "200", 500.0 * t, "500", t < 12 ? t : 1e17));
        }
        assertEquals(11, arm.sum.bad());
        assertTrue(arm.faults.getFirst().contains("too coarse"), arm.faults::toString);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorCounterThatIsTooHighInEveryFewthReadingIsNeverCountedSo(Side side) {
        for (int t = 0; t <= 200; t++) {
            arm.byCode(side, series("n", "200", 50_000 + 20.0 * t, "500", 50 + (t % 14 == 13 ? 20_000 : 0)));
        }
        assertEquals(0, arm.sum.bad());
        assertTrue(arm.sum.total() > 12 * 20 && arm.sum.total() <= 200 * 20, arm.sum::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {40_400, 50_000, 70_000})
    void ofTwoProcessesOfWhichOneIsAheadEachCountsForItselfAtMost(double other) {
        double errors = (other - 40_000) / 2;
        for (int t = 0; t <= 200; t++) {
            boolean ahead = (t / 13) % 2 == 1;
            arm.byCode(
                    Side.CANARY, series("n", "200", (ahead ? other : 40_000) + 20.0 * t, "500", ahead ? errors : 40));
        }
        assertTrue(arm.sum.bad() <= errors, "the jump is counted once, if at all: " + arm.sum);
        assertTrue(arm.sum.total() <= 200 * 20 + other - 40_000 + errors, arm.sum::toString);
    }

    @Test
    void aPodThatGetsAThousandTimesTheTrafficIsCountedWithTheNextReading() {
        double served = 0;
        for (int t = 0; t <= 20; t++) {
            served += t < 10 ? 5 : 5_000;
            arm.byCode(Side.CANARY, series("n", "200", served));
        }
        assertEquals(0, arm.held);
        assertEquals(9 * 5 + 11 * 5_000, arm.sum.total());
        assertEquals(List.of(), arm.withheld);
    }

    @ParameterizedTest
    @EnumSource
    void aCounterThatFallsInAPodWhoseTotalRisesIsNoRestart(Side side) {
        for (int t = 0; t <= 30; t++) {
            arm.read(
                    side,
                    RatioNumerator.GOOD,
                    series("le", "0.3", t == 1 ? 100 : 1996 + 200.0 * t),
                    series("le", "+Inf", 2000 + 200.0 * t));
        }
        assertEquals(0, arm.sum.bad());
        assertTrue(arm.sum.total() > 0 && arm.sum.total() <= 30 * 200, arm.sum::toString);
    }
}
