package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.explanation.Explanation;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An analysis of one canary pod and one stable pod whose pages are served byte by byte; its clock is turned by hand. */
final class ScrapedRun implements AutoCloseable {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Path FAULTS = Path.of("src/test/resources/faults");
    private static final String SERVICE = "shop";
    private static final String TEXT = "text/plain; version=0.0.4";

    final CuttingHttpServer canary = new CuttingHttpServer(path -> new byte[0]);
    final CuttingHttpServer stable = new CuttingHttpServer(path -> new byte[0]);
    private final SourceCounterReader reader;
    private final List<Window> windows = new ArrayList<>();
    private Instant now = BEGIN;
    AnalysisRun run;

    /** @param folder of the fault whose {@code config.yaml} it is of */
    ScrapedRun(String folder) {
        Faults faults = new Faults();
        var documents = ConfigurationDocument.ofText("config.yaml", file(folder, "config.yaml"), faults);
        var parsed = AnalysisConfiguration.parse(
                documents, faults, List.of(new ScrapeKind(TestHttp.client(), Map.of(), InstantSource.system())));
        assertEquals(List.of(), faults.list());
        var arms = new Arms("version", "c1", "s1");
        run = AnalysisRun.begin(new UUID(0, 7), new RunPlan(parsed.services().get(SERVICE), arms, BEGIN, ""));
        CounterSource source = new ScrapeSource(
                new ScrapeProperties("pods", List.of(target(canary), target(stable)), Optional.empty()),
                TestHttp.client(),
                Map.of(),
                TestHttp.PATIENT);
        reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
    }

    static String file(String folder, String name) {
        try {
            return Files.readString(FAULTS.resolve(folder).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Target target(CuttingHttpServer server) {
        return Target.of(URI.create(server.address() + "/metrics").toString());
    }

    /** Serves these pages, and polls once. */
    ScrapedRun poll(Framing framing, String ofCanary, String ofStable) {
        canary.answer(path -> framing.of(TEXT, ofCanary));
        stable.answer(path -> Framing.WHOLE.of(TEXT, ofStable));
        var plan = run.plan();
        var request = new ReadRequest(plan.objectives().objectives(), plan.arms());
        var poll = Poll.of(run, reader.read(List.of(request), now).getFirst(), now, () -> windows);
        run = poll.run();
        windows.addAll(poll.closed());
        now = now.plus(plan.settings().timing().poll());
        return this;
    }

    String detail() {
        return run.measurement().measuringStatus().detail();
    }

    String text() {
        return Explanation.of(run);
    }

    @Override
    public void close() {
        canary.close();
        stable.close();
    }
}
