package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.source.Access;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.PrometheusProcess;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real server answers when things are odd. Needs the program {@code prometheus}. */
@Tag("extra")
class PrometheusAnswersIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final Objective OBJECTIVE = new Objective(
            "availability",
            0.999,
            Severity.MAJOR,
            new RatioIndicator("prom", "http_requests_total{code!~\"5..\"}", null, "http_requests_total"));
    private static final String PAGE = """
            # TYPE http_requests_total counter
            http_requests_total{version="%s",code="200"} %s
            http_requests_total{version="%s",code="500"} %s
            """;

    @TempDir
    private Path folder;

    private final StubHttpServer canary = page("v2", "1000", "7");
    private final StubHttpServer stable = page("v1", "9000", "1");

    @AfterEach
    void close() {
        canary.close();
        stable.close();
    }

    private static StubHttpServer page(String version, String good, String bad) {
        return new StubHttpServer(request -> Response.text(200, PAGE.formatted(version, good, version, bad)));
    }

    @Test
    void aTargetThatVanishesTakesItsSeriesWithItLongBeforeTheyAreFiveMinutesOld() throws Exception {
        Path targets = folder.resolve("targets.json");
        Files.writeString(targets, targets(canary, stable));
        String discovery = "scrape_configs: [{job_name: shop, file_sd_configs: [{files: ['%s']}]}]".formatted(targets);
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, discovery)) {
            SourceCounterReader reader = reader(prometheus);
            Await.until("both pods are read", LIMIT, () -> pods(reader).equals(Set.of("canary", "baseline")));
            Files.writeString(targets, targets(stable));
            Await.until(
                    "the canary's series are stale", LIMIT, () -> pods(reader).equals(Set.of("baseline")));
            Files.writeString(targets, targets(canary, stable));
            Await.until("it is back", LIMIT, () -> pods(reader).equals(Set.of("canary", "baseline")));
        }
    }

    private static String targets(StubHttpServer... pages) {
        return List.of(pages).stream()
                .map(page -> "\"127.0.0.1:" + page.port() + "\"")
                .collect(Collectors.joining(",", "[{\"targets\":[", "]}]"));
    }

    @Test
    void aValueThatIsNoCountIsAFaultThatNamesItsSeries() throws Exception {
        canary.answer(request -> Response.text(200, PAGE.formatted("v2", "NaN", "v2", "7")));
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, statically(""))) {
            SourceCounterReader reader = reader(prometheus);
            Await.until("both pods are read", LIMIT, () -> pods(reader).equals(Set.of("canary", "baseline")));
            var read = assertInstanceOf(CounterReading.Counters.class, Readings.of(reader, List.of(OBJECTIVE), ARMS));
            assertTrue(
                    read.faults().stream().anyMatch(fault -> fault.contains("NaN") && fault.contains("v2")),
                    read.faults()::toString);
        }
    }

    /** The target's label counts, as everywhere in Prometheus; the pod's own is kept beside it and means nothing here. */
    @Test
    void aLabelOfTheTargetThatCollidesWithThePodsOwnDecidesTheArm() throws Exception {
        String relabelled = statically(", relabel_configs: [{target_label: version, replacement: v2}]");
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, relabelled)) {
            PrometheusClient client = client(prometheus, 100);
            Await.until(
                    "both pods are read",
                    LIMIT,
                    () -> samples(client, "http_requests_total").size() == 4);
            assertEquals(
                    Set.of("v1", "v2"),
                    samples(client, "http_requests_total{version=\"v2\"}").stream()
                            .map(sample -> sample.labels().get("exported_version"))
                            .collect(Collectors.toSet()));
            assertEquals(Set.of("canary"), pods(reader(prometheus)));
        }
    }

    /** One pod scraped by two jobs: the same pod, but other series. Each request counts twice, so the query has to name the job. */
    @Test
    void aPodOfTwoJobsIsOnePodWhoseSeriesTheQueryTellsApart() throws Exception {
        String twice = "scrape_configs: [{job_name: a, static_configs: [{targets: ['127.0.0.1:%d']}]},"
                        .formatted(canary.port())
                + "{job_name: b, static_configs: [{targets: ['127.0.0.1:%d']}]}]".formatted(canary.port());
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, twice)) {
            SourceCounterReader reader = reader(prometheus);
            PrometheusClient client = client(prometheus, 100);
            Await.until(
                    "both jobs are read",
                    LIMIT,
                    () -> samples(client, "http_requests_total").size() == 4);
            var read = assertInstanceOf(CounterReading.Counters.class, Readings.of(reader, List.of(OBJECTIVE), ARMS));
            var counters = (ObjectiveCounters) read.objectives().get("availability");
            assertEquals(1, counters.canary().size());
            assertEquals(4, counters.canary().values().iterator().next().total().size());
            assertEquals(2, samples(client, "http_requests_total{job=\"a\"}").size());
        }
    }

    @Test
    void aQueryThatCannotBeParsedAndOneWithTooManySeriesAreTheQuerysFault() throws Exception {
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, statically(""))) {
            PrometheusClient client = client(prometheus, 3);
            assertRefused(
                    client,
                    "http_requests_total{",
                    QueryFailure.QUERY,
                    "status 400: invalid parameter \"query\": 1:21: parse error");
            assertRefused(client, "1", QueryFailure.QUERY, "a result of type 'scalar', expected a vector");
            assertRefused(
                    client,
                    "http_requests_total",
                    QueryFailure.LIMIT,
                    "query http_requests_total returned 4 series, more than the 3 that maxSeries allows; narrow the"
                            + " selector or raise maxSeries");
        }
    }

    @Test
    void aQueryThatNeedsTooManySamplesIsTheQuerysFault() throws Exception {
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, statically(""), "--query.max-samples=1")) {
            assertRefused(
                    client(prometheus, 100),
                    "up",
                    QueryFailure.QUERY,
                    "status 422: query processing would load too many samples into memory in query execution");
        }
    }

    @Test
    void aQueryThatTakesTooLongMeansThatTheServerIsAway() throws Exception {
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, statically(""), "--query.timeout=1ms")) {
            String slow = "count_over_time(vector(time())[1h:1ms])";
            assertRefused(client(prometheus, 100), slow, QueryFailure.AWAY, "status 503: query timed out in ");
        }
    }

    @Test
    void anAnswerWithoutTheSeriesOfAStoreThatIsAwayIsNoReading() throws Exception {
        String remote = "\nremote_read: [{url: 'http://127.0.0.1:1/read', read_recent: true}]";
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, statically("") + remote)) {
            String doubt = "a partial answer, series may be missing in it: remote_read: error sending request";
            assertRefused(client(prometheus, 100), "http_requests_total", QueryFailure.AWAY, doubt);
            var read = assertInstanceOf(
                    CounterReading.Unreachable.class, Readings.of(reader(prometheus), List.of(OBJECTIVE), ARMS));
            assertTrue(read.detail().contains(doubt), read::detail);
        }
    }

    @Test
    void aRangeHasTheValuesOfEachMomentAndNoneWhileTheSeriesWasAway() throws Exception {
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, statically(""))) {
            PrometheusClient client = client(prometheus, 100);
            Await.until(
                    "both pods are scraped",
                    LIMIT,
                    () -> samples(client, "http_requests_total").size() == 4);
            canary.answer(request -> Response.text(503, "gone"));
            Await.until(
                    "the canary is stale",
                    LIMIT,
                    () -> samples(client, "http_requests_total").size() == 2);
            Instant last = Instant.now().minusSeconds(1);
            List<RangeSeries> series = client.range(
                    "http_requests_total{code=\"200\"}",
                    last.minusSeconds(30),
                    last,
                    Duration.ofMillis(500),
                    TestHttp.PATIENT);
            Map<String, SortedMap<Instant, Sample>> byVersion =
                    series.stream().collect(Collectors.toMap(one -> one.labels().get("version"), RangeSeries::samples));
            assertTrue(byVersion.get("v2").values().stream().allMatch(sample -> sample.value() == 1000));
            assertTrue(byVersion.get("v1").values().stream().allMatch(sample -> sample.value() == 9000));
            Instant newestOfCanary = byVersion.get("v2").lastKey();
            Instant newestOfStable = byVersion.get("v1").lastKey();
            assertTrue(newestOfCanary.isBefore(newestOfStable), newestOfCanary + " " + newestOfStable);
            assertTrue(Duration.between(newestOfStable, last).toMillis() < 500, newestOfStable + " " + last);
        }
    }

    @Test
    void aServerSaysItsLabels() throws Exception {
        try (PrometheusProcess prometheus = PrometheusProcess.start(folder, statically(""))) {
            PrometheusClient client = client(prometheus, 100);
            Map<String, String> metric = Map.of("match[]", "http_requests_total");
            Await.until("labels are known", LIMIT, () -> labels(client, metric)
                    .equals("[\"__name__\",\"code\",\"instance\",\"job\",\"version\"]"));
        }
    }

    /** What the page says about two targets that write into one series, and how to find it. */
    @Test
    void twoTargetsThatWriteIntoOneSeriesShowAsResets() throws Exception {
        StubHttpServer another = page("v2", "2000", "9");
        String colliding =
                "scrape_configs: [{job_name: shop, static_configs: [{targets: ['127.0.0.1:%d','127.0.0.1:%d']}],"
                                .formatted(canary.port(), another.port())
                        + " relabel_configs: [{target_label: instance, replacement: shop}]}]";
        try (another;
                PrometheusProcess prometheus = PrometheusProcess.start(folder, colliding)) {
            PrometheusClient client = client(prometheus, 100);
            Await.until(
                    "the counter falls again and again",
                    LIMIT,
                    () -> samples(client, "resets(http_requests_total[1m]) > 3").size() == 2);
            assertEquals(2, samples(client, "http_requests_total").size());
        }
    }

    private String statically(String more) {
        return "scrape_configs: [{job_name: shop, static_configs: [{targets: ['127.0.0.1:%d','127.0.0.1:%d']}]%s}]"
                .formatted(canary.port(), stable.port(), more);
    }

    private static PrometheusClient client(PrometheusProcess prometheus, int maxSeries) {
        var usual = PrometheusProperties.Limits.USUAL;
        var limits = new PrometheusProperties.Limits(maxSeries, usual.timeout(), usual.queryOffset());
        var properties = new PrometheusProperties(
                "prom", HttpAddress.parse(prometheus.address(), false), Access.OPEN, Map.of(), limits);
        return new PrometheusClient(properties, TestHttp.client());
    }

    private static SourceCounterReader reader(PrometheusProcess prometheus) {
        var source = new PrometheusSource(client(prometheus, 100), Clock.systemUTC(), TestHttp.PATIENT);
        return new SourceCounterReader(name -> Optional.of(source), Runnable::run);
    }

    private static String labels(PrometheusClient client, Map<String, String> metric) {
        try {
            return client.get("/api/v1/labels", metric, TestHttp.PATIENT).toString();
        } catch (QueryFailureException e) {
            return e.reason();
        }
    }

    private static List<Sample> ask(PrometheusClient client, String query) throws QueryFailureException {
        return client.instant(query, Instant.now().minusSeconds(1), TestHttp.PATIENT);
    }

    /** Waits, since a server that has just begun refuses for reasons of its own. */
    private static void assertRefused(PrometheusClient client, String query, QueryFailure failure, String beginning) {
        QueryFailureException refused = Await.value(beginning, LIMIT, () -> refusal(client, query)
                .filter(told -> told.reason().startsWith(beginning)));
        assertEquals(failure, refused.failure());
    }

    private static Optional<QueryFailureException> refusal(PrometheusClient client, String query) {
        try {
            ask(client, query);
            return Optional.empty();
        } catch (QueryFailureException e) {
            return Optional.of(e);
        }
    }

    private static List<Sample> samples(PrometheusClient client, String query) {
        try {
            return ask(client, query);
        } catch (QueryFailureException e) {
            return List.of();
        }
    }

    /** The arms of which pods are read now; empty when the server cannot be read. */
    private static Set<String> pods(SourceCounterReader reader) throws IOException {
        if (!(Readings.of(reader, List.of(OBJECTIVE), ARMS) instanceof CounterReading.Counters read)) {
            return Set.of();
        }
        var counters = (ObjectiveCounters) read.objectives().get("availability");
        return Map.of("canary", counters.canary(), "baseline", counters.baseline()).entrySet().stream()
                .filter(arm -> !arm.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
