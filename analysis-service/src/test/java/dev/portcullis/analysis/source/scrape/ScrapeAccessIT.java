package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages behind a login or a redirect. */
class ScrapeAccessIT {
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final String PAGE = "http_requests_total{version=\"v2\"} 7\n";

    @TempDir
    private Path folder;

    private final StubHttpServer pod = new StubHttpServer(request -> Response.text(200, PAGE));

    @AfterEach
    void close() {
        pod.close();
    }

    private SourceReading.Series read(String more) {
        return read(pod.address() + "/metrics", more);
    }

    private SourceReading.Series read(String target, String more) {
        var faults = new Faults();
        var text = "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: pods}\nspec:\n  type: Scrape\n"
                + "  connectionDetails:\n    targets: ['" + target + "']\n    " + more + "\n";
        var details = ConfigurationDocument.ofText("a.yaml", text, faults)
                .getFirst()
                .spec()
                .requiredMapping("connectionDetails");
        SourceDefinition source = new ScrapeKind(
                        TestHttp.client(), Map.of("SCRAPE_TOKEN", "s3cret-token"), InstantSource.system())
                .define("pods", details, faults)
                .orElseThrow();
        assertEquals(List.of(), faults.list());
        return assertInstanceOf(
                SourceReading.Series.class, Readings.of(source.open(), Selector.parse("http_requests_total"), ARMS));
    }

    private static Response requiring(Request request, String authorization) {
        String sent = request.headers().getOrDefault("authorization", "");
        return sent.equals(authorization) ? Response.text(200, PAGE) : Response.text(401, "no " + sent);
    }

    private String missing(String reason) {
        return "127.0.0.1:" + pod.port() + ": " + reason;
    }

    @Test
    void aBearerTokenOfTheEnvironmentLetsIn() {
        pod.answer(request -> requiring(request, "Bearer s3cret-token"));
        assertEquals(
                7, read("bearerTokenEnv: SCRAPE_TOKEN").samples().getFirst().value());
        assertEquals(List.of(missing("status 401")), read("").missing());
    }

    @Test
    void aNameWithThePasswordOfAFileLetsIn() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "pass\n");
        pod.answer(request -> requiring(request, "Basic bWU6cGFzcw=="));
        assertEquals(
                7,
                read("basicAuth: {username: me, passwordFile: '" + password + "'}")
                        .samples()
                        .getFirst()
                        .value());
    }

    @Test
    void whatThePodRepeatsOfATokenIsCutOut() {
        pod.answer(request -> Response.text(200, request.headers().getOrDefault("authorization", "") + "\n"));
        assertEquals(
                List.of(missing("line 1: expected a value at column 8 of 'Bearer ***'")),
                read("bearerTokenEnv: SCRAPE_TOKEN").missing());
    }

    @Test
    void aTokenThatIsNotSetIsToldByItsVariable() {
        assertEquals(
                List.of(missing("environment variable NO_TOKEN is not set")),
                read("bearerTokenEnv: NO_TOKEN").missing());
    }

    private Response redirect(Request request, String from, String to) {
        return request.uri().getPath().equals(from)
                ? new Response(307, "text/plain", "", Map.of("Location", to))
                : Response.text(200, PAGE);
    }

    /** As a mounted application does with the path that lacks the slash. */
    @Test
    void aRedirectOnTheSameHostAndPortIsFollowed() {
        pod.answer(request -> redirect(request, "/metrics", pod.address() + "/metrics/"));
        assertEquals(7, read("").samples().getFirst().value());
        pod.answer(request -> redirect(request, "/metrics", "/other/metrics"));
        assertEquals(7, read("").samples().getFirst().value());
    }

    @Test
    void aRedirectToElsewhereIsToldWithWhereItLeads() {
        try (var other = new StubHttpServer(request -> Response.text(200, PAGE))) {
            pod.answer(request -> redirect(request, "/metrics", other.address() + "/metrics?token=abc"));
            assertEquals(
                    List.of(missing("status 307, a redirect to " + other.address()
                            + "/metrics, which is not followed to another host, port or scheme; if it is right, name that"
                            + " address in connectionDetails")),
                    read("bearerTokenEnv: SCRAPE_TOKEN").missing());
            assertEquals(List.of(), other.requests());
        }
    }

    @Test
    void aRedirectInACircleEnds() {
        pod.answer(request -> new Response(302, "text/plain", "", Map.of("Location", "/metrics")));
        assertEquals(
                List.of(missing("status 302, a redirect to " + pod.address() + "/metrics, which leads in a circle")),
                read("").missing());
    }
}
