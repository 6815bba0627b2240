package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.CounterFold;
import dev.portcullis.analysis.metric.CounterState;
import dev.portcullis.analysis.metric.FoldRules;
import dev.portcullis.analysis.metric.Folded;
import dev.portcullis.analysis.metric.MeterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.SourceMeter;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the program {@code prometheus}. */
@Tag("extra")
class PrometheusServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int READINGS_AFTER = 10;
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final Objective OBJECTIVE = new Objective(
            "availability",
            0.999,
            Severity.MAJOR,
            new RatioIndicator("prom", "http_requests_total{code!~\"5..\"}", null, "http_requests_total"));

    @TempDir
    private Path folder;

    private final SimulatedPod canary =
            new SimulatedPod("v2", "canary").served("200", 1000).served("500", 7);
    private final SimulatedPod stable = new SimulatedPod("v1", "stable").served("200", 9000);
    private final StubHttpServer canaryPage = new StubHttpServer(request -> Response.text(200, canary.page()));
    private final StubHttpServer stablePage = new StubHttpServer(request -> Response.text(200, stable.page()));
    private CounterState state = CounterState.NONE;
    private ArmCounts sum = ArmCounts.NONE;

    @AfterEach
    void close() {
        canaryPage.close();
        stablePage.close();
    }

    @Test
    void incrementsAreTheTruthAcrossAResetAVanishedPodAndARestartOfPrometheus() throws Exception {
        List<String> targets = List.of("127.0.0.1:" + canaryPage.port(), "127.0.0.1:" + stablePage.port());
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, targets)) {
            var source = new PrometheusSource(
                    PrometheusProperties.of("prom", prometheus.address()),
                    TestHttp.client(),
                    Clock.systemUTC(),
                    TestHttp.PATIENT);
            SourceMeter meter = new SourceMeter(name -> Optional.of(source), Runnable::run);
            Await.until("both pods scraped", LIMIT, () -> podsSeen(meter) == 2);

            canary.served("200", 90).served("500", 10);
            stable.served("200", 900);
            awaitSum(meter, 10, 100, 900);

            canary.restart().served("200", 30);
            awaitSum(meter, 10, 130, 900);

            canaryPage.answer(request -> Response.text(503, "gone"));
            Await.until("the canary's series are stale", LIMIT, () -> podsSeen(meter) == 1);
            canary.served("200", 5).served("503", 2);
            stable.served("500", 1);
            awaitSum(meter, 10, 130, 901);
            canaryPage.answer(request -> Response.text(200, canary.page()));
            awaitSum(meter, 12, 137, 901);

            prometheus.stop();
            canary.served("200", 50).served("500", 3);
            assertInstanceOf(MeterReading.Unreachable.class, meter.read(List.of(OBJECTIVE), ARMS));
            prometheus.start();
            awaitSum(meter, 15, 190, 901);
        }
    }

    /** Folds reading after reading, as an analysis does, until the sum is right; afterwards it has to stay so. */
    private void awaitSum(SourceMeter meter, double bad, double total, double baselineTotal) {
        Await.until(total + " and " + baselineTotal + " requests; seen: " + sum, LIMIT, () -> {
            podsSeen(meter);
            return sum.canary().total() >= total && sum.baseline().total() >= baselineTotal;
        });
        for (int i = 0; i < READINGS_AFTER; i++) {
            podsSeen(meter);
        }
        assertEquals(new Counts(bad, total), sum.canary());
        assertEquals(baselineTotal, sum.baseline().total());
    }

    /** One reading, folded unless Prometheus could not be reached; how many pods were in it. */
    private int podsSeen(SourceMeter meter) {
        if (!(meter.read(List.of(OBJECTIVE), ARMS) instanceof MeterReading.Counters counters)) {
            return 0;
        }
        Folded folded =
                CounterFold.fold(state, counters, FoldRules.of(List.of(OBJECTIVE), ARMS, Duration.ZERO), Instant.now());
        state = folded.state();
        sum = sum.plus(folded.increments().get("availability").at(0));
        ObjectiveCounters seen = (ObjectiveCounters) counters.objectives().get("availability");
        return (int) (count(seen.canary().values()) + count(seen.baseline().values()));
    }

    private static long count(Iterable<PodCounters> pods) {
        long count = 0;
        for (PodCounters pod : pods) {
            count += pod.total().isEmpty() ? 0 : 1;
        }
        return count;
    }
}
