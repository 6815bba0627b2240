package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionTextTest {
    @Test
    void trafficThatSufficesIsToldWithWhatAPassTakes() {
        List<String> text = text(50, 450, 0.5);
        assertEquals(
                "checkout at 50 requests/s to the canary, 450 to the stable version (400 simulated releases a line)",
                text.getFirst());
        assertTrue(
                text.contains("  checkout-availability: a stable version that fails 0.05 % of its requests,"
                        + " half of what the target of 99.9 % allows"),
                text::toString);
        assertEquals(
                "    A PASS takes about 29,000 canary requests as good as the stable version's (9 min 40 s), or 13,000"
                        + " without any bad one (4 min 20 s); the bake time is 5 min.",
                text.getLast());
    }

    @Test
    void trafficThatIsTooLittleIsToldWithWhatCanBeDone() {
        List<String> text = text(1, 9, 0.5);
        assertEquals(
                "    No PASS is to be expected before the deadline of 1 h: that needs about 29,000 canary requests as good"
                        + " as the stable version's (7 h 58 min), or 13,000 without any bad one (3 h 35 min);"
                        + " 3,600 come.",
                text.get(text.size() - 2));
        assertEquals(
                "    To get one, send 8 requests/s or more, lower analysis.clusterSize, now 5 (let it be measured), raise"
                        + " analysis.slo.burnPass and analysis.baseline.passMargin, or set a deadline beyond 7 h 58 min.",
                text.getLast());
    }

    @Test
    void trafficThatSufficesForTheLuckyIsToldAsSuch() {
        assertTrue(text(5, 45, 0.5).stream()
                .anyMatch(line -> line.contains("It takes luck to get a PASS before the deadline of 1 h")));
    }

    @Test
    void aStableVersionBeyondTheLimitIsToldToBeThat() {
        assertEquals(
                "    A canary as good as the stable version never gets a PASS: 0.6 % is beyond what"
                        + " analysis.slo.burnPass tolerates.",
                text(50, 450, 6).getLast());
    }

    @Test
    void aClusterSizeThatIsYetToBeMeasuredIsSaidToBePresumed() {
        AnalysisSettings settings =
                AnalysisSettings.DEFAULT.withClusterSize(new ClusterSize(5, Provenance.NOT_MEASURED_YET));
        List<String> text = DetectionText.of(
                Detection.of(TestPolicies.with(settings, TestPolicies.LATENCY), new AssumedTraffic(50, 0, 0.25)));
        assertEquals(
                List.of(
                        "checkout at 50 requests/s to the canary, no stable version beside it (400 simulated releases a line)",
                        "  clusterSize is to be measured; 5 is presumed here",
                        "",
                        "  checkout-latency: a stable version that is slower than 0.3 in 0.25 % of its requests,"
                                + " 25 % of what the target of 99 % allows"),
                text.subList(0, 4));
    }

    private static List<String> text(double canary, double baseline, double stableBudget) {
        return DetectionText.of(
                Detection.of(TestPolicies.standard(), new AssumedTraffic(canary, baseline, stableBudget)));
    }
}
