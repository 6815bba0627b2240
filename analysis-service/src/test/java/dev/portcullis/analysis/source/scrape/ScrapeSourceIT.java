package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeSourceIT {
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final Selector REQUESTS = Selector.parse("http_requests_total");

    private final PodServers pods = new PodServers();
    private final SimulatedPod canary = new SimulatedPod("v2", "canary").served("200", 5);
    private final SimulatedPod stable = new SimulatedPod("v1", "stable").served("200", 50);

    @AfterEach
    void close() {
        pods.close();
    }

    @Test
    void aSeriesGetsTheLabelsOfItsTargetAndKeepsItsOwnUnderAnotherName() {
        try (var page = new StubHttpServer(
                request -> Response.text(200, "http_requests_total{version=\"v2\",instance=\"me\",zone=\"b\"} 1\n"))) {
            pods.discoveryAnswers(Response.json(
                    200,
                    ("[{\"targets\":[\"127.0.0.1:%d\"],\"labels\":{\"__metrics_path__\":\"/admin/metrics\",\"__scheme__\":\"http\","
                                    + "\"__meta_x\":\"y\",\"zone\":\"a\"}}]")
                            .formatted(page.port())));
            Sample sample =
                    series(Readings.of(source(), REQUESTS, ARMS)).samples().getFirst();
            assertEquals("/admin/metrics", page.requests().getFirst().uri().toString());
            assertEquals(
                    Map.of(
                            "__name__", "http_requests_total",
                            "version", "v2",
                            "instance", "127.0.0.1:" + page.port(),
                            "exported_instance", "me",
                            "zone", "a",
                            "exported_zone", "b"),
                    sample.labels());
        }
    }

    @Test
    void targetsGivenByAddressAreReadToo() {
        pods.add(canary);
        List<Target> targets =
                pods.targets().stream().map(t -> Target.of("http://" + t)).toList();
        var source = new ScrapeSource(
                new ScrapeProperties("pods", targets, Optional.empty()), TestHttp.client(), Map.of(), TestHttp.PATIENT);
        var series = series(Readings.of(source, REQUESTS, ARMS));
        assertEquals(5.0, series.samples().getFirst().value());
        assertEquals(List.of(), series.missing());
    }

    @Test
    void aTargetThatFailsIsMissingAndTheOthersAreRead() {
        pods.add(canary);
        pods.add(stable);
        pods.fail(stable);
        try (var broken = new StubHttpServer(request -> Response.text(200, "ok 1\n}{\n"))) {
            List<Target> targets = List.of(Target.of(broken.address() + "/metrics"));
            var source = new ScrapeSource(
                    new ScrapeProperties(
                            "pods", targets, pods.discovered("pods").discovery()),
                    TestHttp.client(),
                    Map.of(),
                    TestHttp.PATIENT);
            var series = series(Readings.of(source, REQUESTS, ARMS));
            assertEquals(1, series.samples().size());
            assertEquals(2, series.unread().size());
            assertEquals(
                    List.of(
                            "127.0.0.1:" + broken.port() + ": line 2: expected a metric name at column 1 of '}{'",
                            pods.targets().get(1) + ": status 500"),
                    series.missing());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{}", "[{\"labels\":{}}]", "[{\"targets\":[\"no port:x\"]}]"})
    void aDiscoveryThatNeverAnsweredIsNoReading(String body) {
        pods.discoveryAnswers(Response.json(200, body));
        var unreachable = assertInstanceOf(SourceReading.Unreachable.class, Readings.of(source(), REQUESTS, ARMS));
        assertTrue(unreachable.detail().startsWith("service discovery: "), unreachable.detail());
    }

    /** As servers written in Go do. */
    @Test
    void aDiscoveryThatWritesAnEmptyListAsNullNamesNoTarget() {
        pods.discoveryAnswers(Response.json(200, "null"));
        assertEquals(List.of(), series(Readings.of(source(), REQUESTS, ARMS)).missing());
        pods.discoveryAnswers(Response.json(200, "[{\"targets\": null, \"labels\": null}]"));
        assertEquals(List.of(), series(Readings.of(source(), REQUESTS, ARMS)).missing());
    }

    @Test
    void aDiscoveryThatFailsLaterLeavesTheTargetsItLastNamed() {
        pods.add(canary);
        ScrapeSource source = source();
        Readings.of(source, REQUESTS, ARMS);
        pods.discoveryAnswers(Response.text(503, "restarting"));
        canary.served("200", 1);
        var series = series(Readings.of(source, REQUESTS, ARMS));
        assertEquals(6.0, series.samples().getFirst().value());
        assertEquals(List.of("service discovery: status 503; the 1 targets it last named are read"), series.missing());
    }

    @Test
    void aTargetThatLeftTheDiscoveryIsForgottenWithItsCircuitBreaker() {
        pods.add(canary);
        var meters = new SimpleMeterRegistry();
        var source = new ScrapeSource(pods.discovered("pods"), TestHttp.client(meters), Map.of(), TestHttp.PATIENT);
        Readings.of(source, REQUESTS, ARMS);
        String breaker = "metrics:pods:" + pods.targets().getFirst();
        assertTrue(shown(meters, breaker));
        pods.discoveryAnswers(Response.json(200, "[]"));
        assertEquals(List.of(), series(Readings.of(source, REQUESTS, ARMS)).samples());
        assertTrue(!shown(meters, breaker));
    }

    @Test
    void aPageThatDoesNotComeIsMissing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            List<Target> targets = List.of(Target.of("http://127.0.0.1:" + silent.getLocalPort()));
            var source = new ScrapeSource(
                    new ScrapeProperties("pods", targets, Optional.empty()),
                    TestHttp.client(),
                    Map.of(),
                    Duration.ofSeconds(1));
            var missing = series(Readings.of(source, REQUESTS, ARMS)).missing();
            assertEquals(1, missing.size());
            assertTrue(missing.getFirst().contains("within 1000 ms"), missing::toString);
        }
    }

    @Test
    void addressesThatAreNoneAreRefused() {
        for (String address : List.of(
                "127.0.0.1:9001/metrics", "ftp://a/b", "http://", "http://a:99999/", "http://u:p@a/", "http://a b")) {
            assertThrows(IllegalArgumentException.class, () -> Target.of(address), address);
        }
        assertEquals("http://a:1/metrics", Target.of("http://a:1").url().toString());
        assertEquals("a:80", Target.of("http://a/metrics").instance());
        assertEquals("[::1]:9", Target.discovered("[::1]:9", Map.of()).instance());
    }

    private ScrapeSource source() {
        return new ScrapeSource(pods.discovered("pods"), TestHttp.client(), Map.of(), TestHttp.PATIENT);
    }

    private static boolean shown(SimpleMeterRegistry meters, String breaker) {
        return meters.getMeters().stream()
                .anyMatch(meter -> breaker.equals(meter.getId().getTag("name")));
    }

    private static SourceReading.Series series(SourceReading reading) {
        return assertInstanceOf(SourceReading.Series.class, reading);
    }
}
