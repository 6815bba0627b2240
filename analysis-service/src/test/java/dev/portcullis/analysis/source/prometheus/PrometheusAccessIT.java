package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.CounterFold;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.FoldRules;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.PrometheusProcess;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server behind what stands before it in Thanos, Mimir, Cortex and VictoriaMetrics installations. Needs the program {@code prometheus}. */
@Tag("extra")
class PrometheusAccessIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    /** Of two metrics, and so by two queries. */
    private static final Objective OBJECTIVE = new Objective(
            "availability",
            0.999,
            Severity.MAJOR,
            new RatioIndicator("main", "http_good_requests_total", null, "http_requests_total"));

    private static final Selector TOTAL = Selector.parse("http_requests_total");
    private static final Map<String, String> ENVIRONMENT = Map.of("PROM_PASSWORD", "pass word");

    @TempDir
    private static Path folder;

    private static SimulatedPod canary;
    private static StubHttpServer page;
    private static PrometheusProcess prometheus;
    private static TestAuthority authority;

    private CounterState state = CounterState.NONE;
    private ArmCounts sum = ArmCounts.NONE;

    @BeforeAll
    static void start() throws IOException {
        canary = new SimulatedPod("v2", "canary").served("200", 1000).served("500", 7);
        page = new StubHttpServer(request -> Response.text(200, canary.page() + good(canary.page())));
        authority = new TestAuthority(folder.resolve("authority")).sign("proxy").signExpired("old");
        prometheus = PrometheusProcess.start(
                Files.createDirectories(folder.resolve("prometheus")), List.of("127.0.0.1:" + page.port()));
        CounterSource source = source(prometheus.address(), "");
        Await.until(
                "the pod is scraped",
                LIMIT,
                () -> Readings.of(source, TOTAL, ARMS) instanceof SourceReading.Series read
                        && read.samples().size() == 2);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        prometheus.close();
        page.close();
    }

    @Test
    void mimirAndCortexAreReadBelowTheirPathWithATenant() throws Exception {
        try (var proxy = new ReverseProxy(prometheus.address(), "/prometheus", null)) {
            proxy.requiring(Map.of("x-scope-orgid", "team-a"));
            assertEquals(2, series(source(proxy.address(), "tenant: team-a")));
            assertRefused(
                    source(proxy.address(), ""),
                    "status 401, and the body is not JSON of that API but 'no org id'; are the credentials and the tenant right?");
            String root = proxy.address().replace("/prometheus", "");
            assertRefused(
                    source(root, "tenant: team-a"),
                    "status 404, and the body is not JSON of that API but '404 page not found'; is the path of url right?");
        }
    }

    @Test
    void thanosIsReadWithItsTenantHeaderAndItsParameters() throws Exception {
        try (var proxy = new ReverseProxy(prometheus.address(), "", null)) {
            proxy.requiring(Map.of("thanos-tenant", "team-a"));
            String details =
                    "tenant: team-a\ntenantHeader: THANOS-TENANT\nparameters: {dedup: \"true\", partial_response: \"false\"}";
            assertEquals(2, series(source(proxy.address(), details)));
            Map<String, String> form = FakePrometheus.form(proxy.forwarded().getLast());
            assertEquals("true", form.get("dedup"));
            assertEquals("false", form.get("partial_response"));
        }
    }

    @Test
    void victoriaMetricsIsReadBelowThePathOfItsTenantAndAskedForTheVeryMoment() throws Exception {
        try (var proxy = new ReverseProxy(prometheus.address(), "/select/0/prometheus", null)) {
            assertEquals(2, series(source(proxy.address(), "")));
            Map<String, String> form = FakePrometheus.form(proxy.forwarded().getLast());
            assertEquals("1", form.get("nocache"));
            assertEquals("1ms", form.get("latency_offset"));
        }
    }

    @Test
    void aTokenAndANameWithPasswordLetIn() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        try (var proxy = new ReverseProxy(prometheus.address(), "", null)) {
            proxy.requiring(Map.of("authorization", "Bearer first"));
            CounterSource source = source(proxy.address(), "bearerTokenFile: " + token);
            assertEquals(2, series(source));
            proxy.requiring(Map.of("authorization", "Bearer second"));
            assertRefused(source, "are the credentials and the tenant right?");
            Files.writeString(token, "second");
            assertEquals(2, series(source));
            proxy.requiring(Map.of("authorization", "Basic bWU6cGFzcyB3b3Jk"));
            assertEquals(2, series(source(proxy.address(), "basicAuth: {username: me, passwordEnv: PROM_PASSWORD}")));
        }
    }

    @Test
    void anAuthorityOfOnesOwnIsTrusted() throws Exception {
        try (var proxy = new ReverseProxy(prometheus.address(), "/prometheus", authority.server("proxy"))) {
            assertEquals(2, series(source(proxy.address(), "tls: {caFile: " + authority.certificate() + "}")));
            assertRefused(
                    source(proxy.address(), ""),
                    "/prometheus/api/v1/query: the server's certificate is signed by no authority that is trusted here");
            assertRefused(
                    source(proxy.address(), "tls: {caFile: " + folder.resolve("absent.crt") + "}"),
                    "absent.crt cannot be read: there is no such file or folder");
        }
        try (var proxy = new ReverseProxy(prometheus.address(), "", authority.server("old"))) {
            assertRefused(
                    source(proxy.address(), "tls: {caFile: " + authority.certificate() + "}"),
                    "the server's certificate has expired (NotAfter: ");
        }
    }

    /** Without its good series, every request of the canary would look like a failed one. */
    @Test
    void aPartialAnswerToOneOfTwoQueriesCountsNothingAndTheNextWholeReadingCountsAll() throws Exception {
        try (var proxy = new ReverseProxy(prometheus.address(), "", null)) {
            CounterSource source = source(proxy.address(), "");
            SourceCounterReader reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
            tick(reader);
            proxy.changing(
                    (request, body) -> FakePrometheus.form(request).get("query").startsWith("http_good_")
                            ? "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]},\"warnings\":[\"no store matched\"]}"
                            : body);
            canary.served("200", 90).served("500", 10);
            Await.until("the requests are scraped", LIMIT, () -> sum(source(prometheus.address(), "")) >= 1107);
            assertEquals(Optional.empty(), tick(reader));
            proxy.changing(body -> body.replace("\"status\":\"success\"", "\"status\":\"success\",\"isPartial\":true"));
            assertEquals(Optional.empty(), tick(reader));
            assertEquals(ArmCounts.NONE, sum);
            proxy.changing(body -> body);
            tick(reader);
            assertEquals(new Counts(10, 100), sum.canary());
        }
    }

    /** As of a pair of servers whose replicas nobody tells apart: which of two values came first would be chance. */
    @Test
    void anAnswerThatHasASeriesTwiceIsNoReading() throws Exception {
        try (var proxy = new ReverseProxy(prometheus.address(), "", null)) {
            proxy.changing(body -> body.replaceFirst("\"result\":\\[(\\{.*})]", "\"result\":[$1,$1]"));
            assertRefused(
                    source(proxy.address(), ""), "the answer has a series twice, {__name__=http_requests_total, code=");
        }
    }

    /** The requests that did not fail, as a metric of their own. */
    private static String good(String page) {
        return page.lines()
                .filter(line -> line.startsWith("http_requests_total{") && !line.contains("code=\"5"))
                .map(line -> line.replace("http_requests_total", "http_good_requests_total") + "\n")
                .collect(Collectors.joining());
    }

    /** Empty when nothing could be read. */
    private Optional<ArmCounts> tick(SourceCounterReader reader) {
        if (!(Readings.of(reader, List.of(OBJECTIVE), ARMS) instanceof CounterReading.Counters counters)) {
            return Optional.empty();
        }
        CounterFold fold = CounterFold.fold(
                state, counters, FoldRules.of(List.of(OBJECTIVE), ARMS, Duration.ZERO, Instant.MAX), Instant.now());
        state = fold.state();
        ArmCounts counted = fold.increments().get("availability").at(0);
        sum = sum.plus(counted);
        return Optional.of(counted);
    }

    private static CounterSource source(String url, String details) throws IOException {
        Path written = Files.createTempDirectory(folder, "configuration");
        Files.writeString(written.resolve("source.yaml"), """
                apiVersion: openslo/v1
                kind: DataSource
                metadata: {name: main}
                spec:
                  type: Prometheus
                  connectionDetails:
                    url: %s
                    timeout: 1800ms
                """.formatted(url) + details.indent(4));
        Faults faults = new Faults();
        var document = new ConfigurationFolder(written).read(faults).getFirst();
        var kind = new PrometheusKind(TestHttp.client(), Clock.systemUTC(), ENVIRONMENT, "");
        var definition = kind.define("main", document.spec().requiredMapping("connectionDetails"), faults);
        assertEquals(List.of(), faults.list());
        return definition.orElseThrow().open();
    }

    private static void assertRefused(CounterSource source, String reason) {
        var unreachable = assertInstanceOf(SourceReading.Unreachable.class, Readings.of(source, TOTAL, ARMS));
        assertEquals(1, unreachable.detail().lines().count());
        assertTrue(unreachable.detail().contains(reason), unreachable.detail());
    }

    private static int series(CounterSource source) {
        var series = assertInstanceOf(SourceReading.Series.class, Readings.of(source, TOTAL, ARMS));
        return series.samples().size();
    }

    private static double sum(CounterSource source) {
        var series = assertInstanceOf(SourceReading.Series.class, Readings.of(source, TOTAL, ARMS));
        return series.samples().stream().mapToDouble(sample -> sample.value()).sum();
    }
}
