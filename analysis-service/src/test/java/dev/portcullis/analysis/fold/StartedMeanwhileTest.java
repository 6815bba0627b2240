package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.PodCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods whose process was started while the analysis counted: readings 5 s apart, beside a pod that serves 10 requests a second. */
class StartedMeanwhileTest {
    private static final double STARTED = SinglePodFold.BEGAN + 22;

    private final SinglePodFold pods = new SinglePodFold();
    private double served;

    @BeforeEach
    void fiveReadings() {
        for (int t = 0; t < 5; t++) {
            read(Map.of());
        }
        assertEquals(new Counts(0, 200), pods.sum);
    }

    @Test
    void allThatItHasServedBelongsToTheAnalysis() {
        read(Map.of("q", SinglePodFold.pod(7, 40).startedAt(STARTED)));
        assertEquals(new Counts(7, 290), pods.sum);
        read(Map.of());
        read(Map.of());
        assertEquals(new Counts(7, 390), pods.sum, "though it was read only once");
        assertEquals(List.of(), pods.notes());
        read(Map.of("q", SinglePodFold.pod(9, 100).startedAt(STARTED)));
        assertEquals(new Counts(9, 500), pods.sum);
    }

    @Test
    void oneThatWasStartedBeforeOrDoesNotTellBegins() {
        read(Map.of(
                "q",
                SinglePodFold.pod(7, 40).startedAt(SinglePodFold.BEGAN - 1),
                "r",
                SinglePodFold.pod(7, 40).startedAt(0)));
        assertEquals(new Counts(0, 250), pods.sum);
        read(Map.of());
        assertEquals(
                List.of("objective 'slo': 2 pods of the canary, q among them, were read once and are gone, so that what"
                        + " they served is not counted"),
                pods.notes());
        assertEquals(List.of(), pods.result.withheld());
    }

    @Test
    void farMoreThanTheOthersServeWaitsUntilItGoesOnSo() {
        read(Map.of("q", SinglePodFold.pod(900, 4000).startedAt(STARTED)));
        assertEquals(
                List.of("objective 'slo': pod q of the canary: it is new and has served 4,000 requests in 3 s, far more"
                        + " than another pod of its version, and is counted when the pod goes on at such a rate"),
                pods.result.withheld());
        assertEquals(new Counts(0, 250), pods.sum);
        read(Map.of("q", SinglePodFold.pod(2400, 10_500).startedAt(STARTED)));
        assertEquals(new Counts(2400, 10_800), pods.sum);
        assertEquals(List.of(), pods.result.withheld());
    }

    @Test
    void aHistoryThatItBroughtIsNotCountedAndItsFailuresAreNotForgotten() {
        read(Map.of("q", SinglePodFold.pod(900, 4000).startedAt(STARTED)));
        for (int t = 1; t < 50; t++) {
            read(Map.of("q", SinglePodFold.pod(900, 4000 + 50 * t).startedAt(STARTED)));
            assertEquals(1, pods.result.withheld().size());
        }
        assertEquals(new Counts(0, 2 * 49 * 50 + 250), pods.sum);
    }

    @Test
    void oneThatIsGoneWhileItsFailuresWaitIsPassedByNobody() {
        read(Map.of("q", SinglePodFold.pod(900, 4000).startedAt(STARTED)));
        for (int t = 1; t < 50; t++) {
            read(Map.of());
            assertEquals(1, pods.result.withheld().size());
        }
    }

    /** Its requests were those of the other version. */
    @Test
    void aPodThatHadTheLabelOfTheOtherArmBegins() {
        read(Map.of(), Map.of("q", SinglePodFold.pod(7, 40).startedAt(STARTED)));
        read(Map.of("q", SinglePodFold.pod(7, 41).startedAt(STARTED)), Map.of());
        assertEquals(new Counts(0, 300), pods.sum);
    }

    private void read(Map<String, PodCounters> others) {
        read(others, Map.of());
    }

    private void read(Map<String, PodCounters> others, Map<String, PodCounters> ofBaseline) {
        Map<String, PodCounters> all = new HashMap<>(others);
        all.put("p", SinglePodFold.pod(0, served).startedAt(SinglePodFold.BEGAN - 100));
        served += 50;
        pods.read(all, ofBaseline);
    }
}
