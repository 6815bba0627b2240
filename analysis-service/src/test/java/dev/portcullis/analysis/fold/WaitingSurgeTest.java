package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.PodCounters;
import java.util.List;
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
        assertEquals(1, pod.result.withheld().size(), "without what waits none is passed");
    }

    @ParameterizedTest
    @CsvSource({"10, false", "10, true", "150, false", "150, true", "4000, true"})
    void aRestartMeanwhileIsADoubtForTenReadings(double total, boolean tellsStart) {
        double start = SinglePodFold.BEGAN + (tellsStart ? 57 : 0);
        for (int t = 0; t <= 10; t++) {
            pod.read(Map.of("p", SinglePodFold.pod(0, total + 10 * t).startedAt(start), "q", idle()));
            assertEquals(t < 10 ? t + 1 : 10, pod.held, "reading " + t);
            assertTrue(
                    t == 10
                            || pod.faults()
                                    .getFirst()
                                    .contains("its total leapt from 200 to 3,200 in 5 s, but its total was "),
                    pod.faults()::toString);
            assertEquals(1, pod.result.withheld().size());
        }
        assertEquals(new Counts(0, 210), pod.sum);
        for (int t = 11; t <= 100; t++) {
            pod.read(Map.of("p", SinglePodFold.pod(0, total + 10 * t).startedAt(start), "q", idle()));
            assertTrue(
                    pod.result.withheld().getFirst().contains("so that none is passed"),
                    "what it failed is not forgotten");
        }
        assertEquals(10, pod.held);
    }

    @Test
    void aLeapThatNobodyBelievesMeanwhileIsNoTrafficAndWhatWaitedIsLost() {
        for (int t = 0; t <= 10; t++) {
            double total = 1_000_000 + 10 * t;
            pod.read(Map.of("p", SinglePodFold.pod(3000, total).startedAt(SinglePodFold.BEGAN), "q", idle()));
            assertEquals(1, pod.result.withheld().size());
        }
        assertEquals(0, pod.held);
        assertEquals(new Counts(0, 300), pod.sum);
    }

    @Test
    void aPodThatIsGoneIsPassedByNobody() {
        for (int t = 0; t < 100; t++) {
            pod.read(Map.of("q", idle()));
            assertEquals(
                    List.of(
                            "objective 'slo': pod p of the canary: its total leapt from 200 to 3,200 in 5 s, but the pod"
                                    + " is gone; without it none is passed"),
                    pod.result.withheld());
        }
        assertEquals(0, pod.held, "the others may fail meanwhile");
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "100"})
    void aPodThatComesBackMeanwhileLosesNothing(int readings) {
        for (int t = 0; t < readings; t++) {
            pod.read(Map.of("q", idle()));
        }
        pod.read(Map.of("p", SinglePodFold.pod(3500, 3700).startedAt(SinglePodFold.BEGAN), "q", idle()));
        assertEquals(new Counts(3500, 3700), pod.sum);
        assertEquals(List.of(), pod.result.withheld());
        assertEquals(0, pod.held);
    }

    @Test
    void aFaultOfAnotherPodMeanwhileLosesNothing() {
        for (int t = 1; t <= 3; t++) {
            PodCounters surging = SinglePodFold.pod(3000 + t, 3200 + 20 * t).startedAt(SinglePodFold.BEGAN);
            pod.read(Map.of("p", surging, "q", SinglePodFold.pod(500, 1)));
            assertEquals(t, pod.held);
        }
        pod.read(Map.of("p", SinglePodFold.pod(3003, 3280).startedAt(SinglePodFold.BEGAN), "q", idle()));
        assertEquals(new Counts(3003, 3280), pod.sum);
        assertEquals(List.of(), pod.result.withheld());
    }

    private static PodCounters idle() {
        return SinglePodFold.pod(0, 0);
    }
}
