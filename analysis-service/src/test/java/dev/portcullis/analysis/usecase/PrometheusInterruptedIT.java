package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.analysis.source.prometheus.PrometheusKind;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.PrometheusProcess;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the program {@code prometheus}. Analyses in the time of the wall clock, of a server or by a process that is away for a while. */
@Tag("extra")
final class PrometheusInterruptedIT {
    private static final String SLO = "availability";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration ABSENCE = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private final SimulatedPod canary =
            new SimulatedPod("new", "canary").served("200", 1000).served("500", 7);
    private final SimulatedPod stable =
            new SimulatedPod("old", "stable").served("200", 9000).served("500", 3);
    private final StubHttpServer canaryPage = new StubHttpServer(request -> Response.text(200, canary.page()));
    private final StubHttpServer stablePage = new StubHttpServer(request -> Response.text(200, stable.page()));
    private PrometheusProcess prometheus;
    private World world;
    private ArmCounts served = ArmCounts.NONE;

    @BeforeEach
    void open() throws Exception {
        prometheus = PrometheusProcess.start(
                folder, List.of("127.0.0.1:" + canaryPage.port(), "127.0.0.1:" + stablePage.port()));
        CounterSource source = new PrometheusKind(TestHttp.client(), Clock.systemUTC(), Map.of(), prometheus.address())
                .defaultSource()
                .orElseThrow()
                .open();
        CounterReader reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
        world = new World(reader);
        world.configure(service());
        Await.until("both pods scraped", LIMIT, () -> bothAreRead(reader));
    }

    @AfterEach
    void close() throws Exception {
        world.close();
        prometheus.close();
        canaryPage.close();
        stablePage.close();
    }

    @Test
    void aServerThatIsKilledCostsNoRequestAndNoWindow() throws Exception {
        var runs = start();
        serveUntil("some windows", () -> windows(runs.getFirst()).size() >= 4);
        prometheus.kill();
        serveUntil("noticed", () -> isBlind(runs.getFirst()));
        int before = windows(runs.getFirst()).size();
        Instant back = Instant.now().plus(ABSENCE);
        serveUntil("a while", () -> Instant.now().isAfter(back));
        assertEquals(before, windows(runs.getFirst()).size());
        prometheus.start();
        serveUntil("back again", () -> windows(runs.getFirst()).size() >= before + 10);
        assertNothingWasLost(runs);
    }

    @Test
    void aTimeInWhichNobodyPollsCostsNoRequestAndNoWindow() {
        var runs = start();
        serveUntil("some windows", () -> windows(runs.getFirst()).size() >= 4);
        Instant back = Instant.now().plus(ABSENCE);
        Await.until("a while without polls", LIMIT, () -> {
            serve();
            return Instant.now().isAfter(back);
        });
        world.restart();
        serveUntil("back again", () -> windows(runs.getFirst()).size() >= 14);
        assertNothingWasLost(runs);
    }

    private List<AnalysisRun> start() {
        world.clock.turnTo(Instant.now());
        var runs = IntStream.range(0, 3).mapToObj(i -> world.start("shop")).toList();
        // What is served from here on was served after the first reading.
        poll();
        Await.until("first readings", LIMIT, () -> {
            poll();
            return runs.stream().allMatch(run -> world.read(run).measurement().open() != null);
        });
        return runs;
    }

    private void poll() {
        world.clock.turnTo(Instant.now());
        world.replica().tick();
    }

    private void serve() {
        canary.served("200", 9).served("500", 1);
        stable.served("200", 27).served("500", 3);
        served = served.plus(new ArmCounts(new Counts(1, 10), new Counts(3, 30)));
    }

    private void serveUntil(String what, Callable<Boolean> condition) {
        Await.until(what, LIMIT, () -> {
            serve();
            poll();
            return condition.call();
        });
    }

    private void assertNothingWasLost(List<AnalysisRun> runs) {
        for (AnalysisRun run : runs) {
            Await.until("all requests in closed windows", LIMIT, () -> {
                poll();
                assertTrue(counted(run).canary().total() <= served.canary().total(), "counted twice");
                return counted(run).equals(served);
            });
            var windows = windows(run);
            Instant end = windows.getFirst().end();
            for (int i = 1; i < windows.size(); i++) {
                var window = windows.get(i);
                assertEquals(i + 1, window.index());
                assertEquals(end, window.start(), "windows follow each other");
                assertEquals(WINDOW, Duration.between(window.start(), window.end()), window::toString);
                end = window.end();
            }
        }
        // Begun at one moment, and read by the same queries.
        assertEquals(
                windows(runs.getFirst()).subList(0, 14), windows(runs.getLast()).subList(0, 14));
    }

    private ArmCounts counted(AnalysisRun run) {
        return windows(run).stream()
                .map(window -> window.counts().get(SLO).at(0))
                .reduce(ArmCounts.NONE, ArmCounts::plus);
    }

    private boolean isBlind(AnalysisRun run) {
        return world.read(run).measurement().measuringStatus().state() == MeasuringStatus.State.UNREACHABLE;
    }

    private List<Window> windows(AnalysisRun run) {
        return world.replica().stored.windows(run.id());
    }

    private static boolean bothAreRead(CounterReader reader) {
        var request = new ReadRequest(service().objectives(), new Arms("version", "new", "old"));
        return reader.read(List.of(request), Instant.now()).getFirst() instanceof CounterReading.Counters counters
                && !counters.objectives().get(SLO).canaryPods().isEmpty()
                && !counters.objectives().get(SLO).baselinePods().isEmpty();
    }

    private static ServiceObjectives service() {
        var availability = new Objective(
                SLO,
                // Far from what is served: it is not to fail in the middle.
                0.85,
                Severity.MAJOR,
                new RatioIndicator(
                        PrometheusKind.DEFAULT_SOURCE,
                        null,
                        "http_requests_total{code=~\"5..\"}",
                        "http_requests_total"));
        var timing = new AnalysisTiming(
                Duration.ofSeconds(1),
                WINDOW,
                Provenance.POLICY,
                Duration.ofMinutes(10),
                Duration.ofMinutes(9),
                Duration.ZERO);
        return new ServiceObjectives("shop", "version", List.of(availability), World.SETTINGS.withRhythm(timing));
    }
}
