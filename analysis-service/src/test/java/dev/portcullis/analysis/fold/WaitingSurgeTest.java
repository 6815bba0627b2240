package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.PodCounters;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pod that surges, and whose counters are not read once more before they are gone. */
class WaitingSurgeTest {
    private final SinglePodFold pod = new SinglePodFold();

    /** Ten readings with 20 requests each, and one with 3,000 failed ones that waits. */
    @BeforeEach
    void surge() {
        for (int t = 0; t <= 10; t++) {
            pod.read(Map.of("p", SinglePodFold.pod(0, 20.0 * t).startedAt(SinglePodFold.BEGAN), "q", idle()));
        }
        pod.read(Map.of("p", SinglePodFold.pod(3000, 3200).startedAt(SinglePodFold.BEGAN), "q", idle()));
        assertEquals(new Counts(0, 200), pod.sum);
        assertEquals(0, pod.held);
        assertEquals(1, pod.result.waiting().size(), "without what waits none is passed");
    }

    @ParameterizedTest
    @CsvSource({"10, false", "10, true", "150, false", "150, true", "4000, true"})
    void aRestartMeanwhileIsADoubtForTenReadings(double total, boolean tellsStart) {
        double start = SinglePodFold.BEGAN + (tellsStart ? 57 : 0);
        for (int t = 0; t <= 10; t++) {
            pod.read(Map.of("p", SinglePodFold.pod(0, total + 10 * t).startedAt(start), "q", idle()));
            assertEquals(t < 10 ? t + 1 : 10, pod.held, "reading " + t);
            assertTrue(
                    t == 10 || pod.faults().getFirst().contains("its total leapt from 200 to 3,200, and was "),
                    pod.faults()::toString);
        }
        assertEquals(new Counts(0, 210), pod.sum);
    }

    @Test
    void aLeapThatNobodyBelievesMeanwhileIsADoubtForTenReadings() {
        for (int t = 0; t <= 10; t++) {
            double total = 1_000_000 + 10 * t;
            pod.read(Map.of("p", SinglePodFold.pod(3000, total).startedAt(SinglePodFold.BEGAN), "q", idle()));
            assertEquals(Math.min(t + 1, 10), pod.held, "reading " + t);
        }
        assertEquals(new Counts(0, 210), pod.sum);
    }

    @Test
    void aPodThatIsGoneHoldsForTenReadingsWithASentence() {
        for (int t = 0; t < 10; t++) {
            pod.read(Map.of("q", idle()));
            assertEquals(t + 1, pod.held);
        }
        assertEquals(
                "objective 'slo': pod p of the canary: its total leapt from 200 to 3,200 in 5 s, and is counted when the"
                        + " next reading goes on from there, but the pod is gone; it is waited for during 10 readings",
                pod.faults().getFirst());
        pod.read(Map.of("q", idle()));
        assertEquals(10, pod.held);
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "9"})
    void aPodThatComesBackMeanwhileLosesNothing(int readings) {
        for (int t = 0; t < readings; t++) {
            pod.read(Map.of("q", idle()));
        }
        pod.read(Map.of("p", SinglePodFold.pod(3500, 3700).startedAt(SinglePodFold.BEGAN), "q", idle()));
        assertEquals(new Counts(3500, 3700), pod.sum);
        assertEquals(readings, pod.held);
    }

    private static PodCounters idle() {
        return SinglePodFold.pod(0, 0);
    }
}
