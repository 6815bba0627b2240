package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class AnalysisDownIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void aGateThatCannotAskHoldsSaysWhyAndRecoversWithNothingLost() {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder)) {
            var ask = PortcullisClient.of(services);
            var release = ask.argoRelease();
            var analysis = Await.value(
                    "an analysis", LIMIT, () -> Optional.of(ask.release(release).getAnalysis())
                            .filter(name -> !name.isEmpty()));
            Await.until("three windows", LIMIT, () -> ask.analysis(analysis).getWindowCount() >= 3);
            var before = ask.analysis(analysis).getWindowsList().subList(0, 3);
            var port = ask.analysisGrpc();
            services.service("analysis").close();

            var begin = System.nanoTime();
            Await.until("the breaker opens", LIMIT, () -> {
                var answer = ask.argo();
                assertEquals("HOLD", answer.get("decision").asText());
                assertEquals("[\"ANALYSIS_UNAVAILABLE\"]", answer.get("reasons").toString());
                assertEquals(release, answer.get("release").asText());
                var metrics = ask.get(ask.gateHttp(), "/prometheus").body();
                return metrics.lines()
                        .anyMatch(line -> line.startsWith("resilience4j_circuitbreaker_state")
                                && line.contains("name=\"analysis\"")
                                && line.contains("state=\"open\"")
                                && line.endsWith(" 1.0"));
            });
            assertTrue(System.nanoTime() - begin < LIMIT.toNanos());

            try (var again = ServiceLauncher.start("analysis", TestPortcullis.analysisAgain(services, folder, port))) {
                assertEquals(port, again.grpcPort());
                Await.until(
                        "answers are back",
                        LIMIT,
                        () -> !ask.argo().get("reasons").toString().contains("UNAVAILABLE"));
                Await.until(
                        "measuring goes on", LIMIT, () -> ask.analysis(analysis).getWindowCount() > 5);
                assertEquals(before, ask.analysis(analysis).getWindowsList().subList(0, 3));
            }
        }
    }

    @Test
    void unreachableMetricsHoldAGoodCanaryAndABadOne() {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder)) {
            var ask = PortcullisClient.of(services);
            ask.argo();
            Await.until(
                    "a promotion",
                    LIMIT,
                    () -> ask.argo().get("decision").asText().equals("PROMOTE"));
            site.metricsUp.set(false);
            Await.until("a hold", LIMIT, () -> {
                var answer = ask.argo();
                return answer.get("decision").asText().equals("HOLD")
                        && answer.get("measuring").asText().equals("UNREACHABLE")
                        && answer.get("reasons").toString().equals("[\"METRICS_UNREACHABLE\"]");
            });
            site.metricsUp.set(true);
            Await.until(
                    "a promotion again",
                    LIMIT,
                    () -> ask.argo().get("decision").asText().equals("PROMOTE"));
        }
    }

    @Test
    void anEmptyFolderHoldsEverythingAndAFilePutIntoItIsPickedUp() throws Exception {
        try (var site = new Site();
                var services = TestPortcullis.startEmpty(folder)) {
            var ask = PortcullisClient.of(services);
            var answer = ask.argo();
            assertEquals("HOLD", answer.get("decision").asText());
            assertEquals("[\"UNKNOWN_SERVICE\"]", answer.get("reasons").toString());
            site.configure(folder.resolve("config"));
            Await.until(
                    "the service is known",
                    LIMIT,
                    () -> !ask.argo().get("release").asText().isEmpty());
        }
    }
}
