package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that tell a later start than the one that answered before. */
class LaterStartTest {
    private static final double LONG_AGO = SinglePodFold.BEGAN - 9000;

    private final SinglePodFold pod = new SinglePodFold();

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 5, 60})
    void aStartThatMovesWithEveryReadingCountsNoHistoryAndHolds(double step) {
        for (int t = 0; t <= 40; t++) {
            pod.read(100, 5000 + 20.0 * t, LONG_AGO + step * t);
            assertTrue(t < 2 || !pod.faults().isEmpty(), "reading " + t);
        }
        assertEquals(Counts.NONE, pod.sum);
    }

    @Test
    void aLaterStartThoughNothingFellIsANewStartingPointAndTold() {
        pod.read(5, 2000, LONG_AGO);
        pod.read(6, 2020, LONG_AGO);
        pod.read(9, 2090, SinglePodFold.BEGAN);
        assertEquals(
                "objective 'slo': pod p of the canary: it was started at 2026-01-01T00:00:00Z, and before at"
                        + " 2025-12-31T21:30:00Z, though none of its counters fell; what it served since the reading"
                        + " before is not counted",
                pod.notes().getLast());
        pod.read(10, 2100, SinglePodFold.BEGAN);
        assertEquals(new Counts(2, 30), pod.sum);
        assertEquals(0, pod.held);
    }

    @Test
    void aSecondOneWithinTenReadingsIsADoubtThatNamesBothStarts() {
        pod.read(5, 2000, LONG_AGO);
        pod.read(5, 2010, SinglePodFold.BEGAN);
        pod.read(5, 2020, SinglePodFold.BEGAN + 5);
        assertTrue(
                pod.faults()
                        .getFirst()
                        .contains("a process started 2026-01-01T00:00:05Z answered after one started"
                                + " 2026-01-01T00:00:00Z"),
                pod.faults()::toString);
        for (int t = 1; t < 10; t++) {
            pod.read(5, 2020 + 10.0 * t, SinglePodFold.BEGAN + 5);
            assertFalse(pod.faults().isEmpty(), "reading " + t);
        }
        pod.read(6, 2120, SinglePodFold.BEGAN + 5);
        assertEquals(new Counts(1, 10), pod.sum);
    }

    @Test
    void aSecondOneAfterTenReadingsIsANewStartingPointAgain() {
        for (int t = 0; t <= 30; t++) {
            int process = t / 12;
            pod.read(0, 2000 + 10.0 * t, process == 0 ? LONG_AGO : SinglePodFold.BEGAN + 60 * process);
        }
        assertEquals(0, pod.held);
        assertEquals(new Counts(0, 28 * 10), pod.sum);
    }

    @Test
    void aLaterStartAndAFallIsARestartHoweverOften() {
        pod.read(0, 5000, LONG_AGO);
        for (int t = 0; t < 20; t++) {
            pod.read(3, 40 - t, SinglePodFold.BEGAN + 5 * t);
        }
        assertEquals(0, pod.held);
        assertEquals(new Counts(20 * 3, 20 * 40 - 190), pod.sum, "each process counts once");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void twoYoungProcessesThatAnswerInTurnAreNeverCountedOnceBothWereSeen(int turn) {
        double[] total = {1000, 900};
        for (int t = 0; t < 60; t++) {
            int process = t / turn % 2;
            total[0] += 10;
            total[1] += 10;
            pod.read(total[process] / 100, total[process], SinglePodFold.BEGAN - 8 + 3 * process);
            assertTrue(t < 2 * turn || !pod.faults().isEmpty(), "reading " + t);
        }
        assertTrue(pod.sum.total() <= 10 * 2 * turn + 1000, pod.sum::toString);
    }

    @Test
    void aPodThatWasInDoubtBelievesNoLaterStartOfAProcessThatWasThereBefore() {
        for (int t = 0; t < 80; t++) {
            boolean younger = t % 12 == 5;
            pod.read(younger ? 50 : 1, (younger ? 500 : 1000) + 10.0 * t, SinglePodFold.BEGAN - (younger ? 5 : 8));
        }
        assertTrue(pod.sum.bad() <= 50, pod.sum::toString);
    }
}
