package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.inspection.SelectedSeries;
import dev.portcullis.analysis.inspection.SeriesHistory;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the past of several versions means, and that what fails for one service is told of the others nonetheless. */
class VersionsDiagnosisTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /**
     * A source that keeps a history.
     *
     * @param reach how far back it goes
     * @param increases by query and version
     */
    private record History(Duration reach, Map<String, Map<String, Double>> increases) implements SourceSnapshot {
        @Override
        public SelectedSeries inspect(Selector selector) {
            if (selector.metric().startsWith("broken")) {
                throw new IllegalStateException("reading failed");
            }
            List<Sample> samples = List.of(sample(selector, "s1", 1_000_000), sample(selector, "c1", 50_000));
            return SelectedSeries.at(Instant.EPOCH, samples, samples.size());
        }

        private static Sample sample(Selector selector, String version, double value) {
            return new Sample(Map.of(Selector.NAME_LABEL, selector.metric(), "version", version), value);
        }

        @Override
        public Optional<SeriesHistory> history(Selector selector, String armLabel, Duration time) {
            return Optional.of(
                    new SeriesHistory(reach, increases.getOrDefault(selector.metric(), Map.of()), 0, Map.of()));
        }

        @Override
        public MetricType type(String metric) {
            return MetricType.COUNTER;
        }

        @Override
        public SortedSet<String> metrics() {
            return new TreeSet<>();
        }
    }

    private static ServiceObjectives service(String name, String prefix) {
        var indicator = new RatioIndicator("prom", null, prefix + "bad_total", prefix + "all_total");
        var objective = new Objective(name + "-errors", 0.99, Severity.CRITICAL, indicator);
        return new ServiceObjectives(name, "version", List.of(objective), AnalysisSettings.DEFAULT);
    }

    private static List<String> told(SourceSnapshot snapshot, ServiceObjectives... services) {
        SourceInspection inspection = () -> Optional.of(snapshot);
        return new Diagnosis(Map.of("prom", inspection), VersionsDiagnosisTest::noPause)
                .of(List.of(services)).stream()
                        .map(finding -> finding.kind() + ": " + finding.text())
                        .toList();
    }

    private static void noPause() {
        throw new AssertionError("a source with a history needs no second look");
    }

    private static SourceSnapshot history(double badOfStable, double badOfCanary) {
        return new History(
                TEN_MINUTES,
                Map.of(
                        "bad_total", Map.of("s1", badOfStable, "c1", badOfCanary, "gone", 900.0),
                        "all_total", Map.of("s1", 60_000.0, "c1", 6_000.0, "gone", 1_000.0)));
    }

    @Test
    void theErrorsOfACanaryAreNotThoseOfTheStableVersion() {
        assertEquals(
                List.of(
                        "OTHER_VERSION_WOULD_FAIL: version 'c1' had 40 % bad requests in the last 10 min, 40 times what the"
                                + " target of 99 % allows; it is not taken for the stable version, since 's1' had more requests",
                        "MEASURABLE: 2 series of 1 pod in source 'prom', version: c1, s1, 112 requests/s"),
                told(history(60, 2400), service("shop", "")));
    }

    @Test
    void theErrorsOfTheStableVersionAreToldWithItsName() {
        assertEquals(
                "STABLE_WOULD_FAIL: version 's1' had 5 % bad requests in the last 10 min, 5 times what the target of 99 % allows;"
                        + " the FAIL limit is 2 times, so no canary as good as it would be promoted; fix the service, or set a"
                        + " target it can meet, below 95 %, in place of 99 %",
                told(history(3_000, 0), service("shop", "")).getFirst());
    }

    @Test
    void anErrorInTheLookAtOneServiceEndsNoOther() {
        assertEquals(
                List.of(
                        "LOOK_FAILED: an error of Portcullis itself kept this from being checked:"
                                + " java.lang.IllegalStateException: reading failed; please report it with this line; everything"
                                + " else was checked",
                        "MEASURABLE: 2 series of 1 pod in source 'prom', version: c1, s1, 112 requests/s"),
                told(history(60, 0), service("cart", "broken_"), service("shop", "")));
    }
}
