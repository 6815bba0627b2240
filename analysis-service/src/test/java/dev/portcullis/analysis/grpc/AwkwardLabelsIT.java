package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Label values that a database cannot hold, which one request for {@code /%00} makes where the path is a label: they are counted like any other. */
class AwkwardLabelsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final AtomicLong served = new AtomicLong();

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\\\\", "\\\\u0000", "\u001b"})
    void ofAScrapedPageAreCounted(String part, @TempDir Path folder) {
        try (var fixture = new AnalysisFixture(folder, TestDatabase.fresh(), AnalysisFixture.POLICY)) {
            fixture.shop.answer(request -> Response.text(200, page(part)));
            assertPasses(fixture);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\\\u0000"})
    void ofPrometheusAreCounted(String part, @TempDir Path folder) {
        var policy = AnalysisFixture.POLICY
                .replace("type: Scrape", "type: Prometheus")
                .replace("{targets: ['%s/metrics']}", "{url: '%s'}");
        try (var fixture = new AnalysisFixture(folder, TestDatabase.fresh(), policy)) {
            fixture.shop.answer(request -> answer(request, part));
            assertPasses(fixture);
        }
    }

    private static void assertPasses(AnalysisFixture fixture) {
        String name = fixture.stub
                .startAnalysis(AnalysisFixture.request()
                        .setCanary("c1")
                        .setBaseline("s1")
                        .build())
                .getName();
        Await.until("PASS", SOON, () -> fixture.get(name).getVerdict() == Verdict.PASS);
        assertEquals(
                0, fixture.get(name).getObjectives(0).getCounts().getCanary().getBad());
    }

    private String page(String part) {
        long total = served.addAndGet(3_000);
        return List.of("c1", "s1").stream()
                .flatMap(version -> List.of("200", "500").stream()
                        .map(code -> "http_requests_total{hash=\"%s\",code=\"%s\",path=\"/a%sb\"} %d\n"
                                .formatted(version, code, part, code.equals("200") ? total : 0)))
                .collect(Collectors.joining());
    }

    private Response answer(Request request, String part) {
        boolean range = request.uri().getPath().endsWith("_range");
        long total = served.addAndGet(3_000);
        String result = List.of("c1", "s1").stream()
                .flatMap(version -> List.of("200", "500").stream()
                        .map(code -> series(version, code, part, code.equals("200") ? total : 0, range)))
                .collect(Collectors.joining(","));
        return Response.json(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":[%s]}}"
                        .formatted(range ? "matrix" : "vector", result));
    }

    private static String series(String version, String code, String part, long value, boolean range) {
        String point = "[%d,\"%d\"]".formatted(Instant.now().getEpochSecond(), value);
        return "{\"metric\":{\"__name__\":\"http_requests_total\",\"hash\":\"%s\",\"code\":\"%s\",\"path\":\"/a%sb\"},\"%s\":%s}"
                .formatted(version, code, part, range ? "values" : "value", range ? "[" + point + "]" : point);
    }
}
