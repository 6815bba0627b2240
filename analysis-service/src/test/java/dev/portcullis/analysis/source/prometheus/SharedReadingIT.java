package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several analyses that read one server together, over real sockets. */
class SharedReadingIT {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final int ANALYSES = 16;
    /** One for all, and two for each time that one is cut in halves. */
    private static final int MOST_REQUESTS = 1 + 32;

    private final RangedPrometheus server = new RangedPrometheus();
    private final List<SeriesQuery> queries =
            IntStream.range(0, ANALYSES).mapToObj(SharedReadingIT::query).toList();

    SharedReadingIT() {
        for (int i = 0; i < ANALYSES; i++) {
            server.add(i + 1, second -> true, labels(i, "canary-" + i));
            server.add(100 + i, second -> true, labels(i, "stable-" + i));
            // Of an arm of one analysis and the service of another: in the joined answer, and nobody's.
            server.add(200 + i, second -> true, labels(i, "canary-" + (i + 1)));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void eachIsGivenItsOwnSeriesOfOneAnswer() {
        List<SourceReading> readings = source(50_000).read(queries, NOON);
        assertEquals(1, server.forms().size());
        for (int i = 0; i < ANALYSES; i++) {
            assertEquals(factors(i), factors(readings.get(i), NOON));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aQueryThatIsRefusedForOneConcernsThatOne(int status) {
        server.refuse((query, moments) -> query.contains("canary-5|") || query.contains("canary-5\"")
                ? RangedPrometheus.refused(status, "odd")
                : null);
        List<SourceReading> readings = source(50_000).read(queries, NOON);
        for (int i = 0; i < ANALYSES; i++) {
            if (i == 5) {
                var unreachable = assertInstanceOf(SourceReading.Unreachable.class, readings.get(i));
                assertTrue(unreachable.detail().contains("status " + status + ": odd"), unreachable::detail);
            } else {
                assertEquals(factors(i), factors(readings.get(i), NOON));
            }
        }
        assertEquals(1 + 2 * 4, server.forms().size(), "halved until the one is found");
    }

    @Test
    void whatIsRefusedForAllIsNotAskedWithoutEnd() {
        server.refuse((query, moments) -> RangedPrometheus.refused(422, "too many samples"));
        List<SeriesQuery> many =
                IntStream.range(0, 500).mapToObj(SharedReadingIT::query).toList();
        int joined = JoinedQuery.of(many).size();
        List<SourceReading> readings = source(50_000).read(many, NOON);
        readings.forEach(reading -> assertInstanceOf(SourceReading.Unreachable.class, reading));
        assertTrue(
                server.forms().size() <= joined + MOST_REQUESTS - 1,
                server.forms().size() + " requests");
    }

    @Test
    void aServerThatIsAwayIsAskedOnce() {
        server.refuse((query, moments) -> RangedPrometheus.refused(503, "starting"));
        source(50_000)
                .read(queries, NOON)
                .forEach(reading -> assertInstanceOf(SourceReading.Unreachable.class, reading));
        source(50_000)
                .readPast(queries, moments(8))
                .forEach(atMoment ->
                        atMoment.forEach(reading -> assertInstanceOf(SourceReading.Unreachable.class, reading)));
        assertEquals(2, server.forms().size());
    }

    @Test
    void anAnswerWithMoreSeriesThanAreAllowedIsHadInHalves() {
        List<SourceReading> readings = source(20).read(queries, NOON);
        for (int i = 0; i < ANALYSES; i++) {
            assertEquals(factors(i), factors(readings.get(i), NOON));
        }
        assertTrue(server.forms().size() > 1 && server.forms().size() <= MOST_REQUESTS);
    }

    @Test
    void anAnalysisWithMoreSeriesThanAreAllowedDoesNotConcernTheOthers() {
        for (int pod = 0; pod < 30; pod++) {
            server.add(1, second -> true, with(labels(3, "canary-3"), "pod", "p" + pod));
        }
        List<SourceReading> readings = source(25).read(queries, NOON);
        for (int i = 0; i < ANALYSES; i++) {
            if (i == 3) {
                var unreachable = assertInstanceOf(SourceReading.Unreachable.class, readings.get(i));
                assertTrue(
                        unreachable.detail().contains("more than the 25 that maxSeries allows"), unreachable::detail);
            } else {
                assertEquals(factors(i), factors(readings.get(i), NOON));
            }
        }
    }

    @Test
    void theMomentsOfARangeAreToldApartAndASeriesIsAbsentWhereItWas() {
        server.add(7_777, second -> second % 30 == 14, with(labels(2, "canary-2"), "pod", "comes-and-goes"));
        Moments moments = moments(9);
        List<List<SourceReading>> readings = source(50_000).readPast(queries, moments);
        assertEquals(1, server.forms().size());
        assertEquals(9, readings.size());
        for (int m = 0; m < 9; m++) {
            Instant moment = moments.at(m);
            for (int i = 0; i < ANALYSES; i++) {
                List<Long> expected = new ArrayList<>(factors(i));
                // Read a second earlier, when everything is stored.
                if (i == 2 && (moment.getEpochSecond() - 1) % 30 == 14) {
                    expected.add(7_777L);
                }
                assertEquals(expected, factors(readings.get(m).get(i), moment), "moment " + m + ", analysis " + i);
            }
        }
    }

    @Test
    void aRangeGivesWhatItsMomentsGive() {
        Moments moments = moments(4);
        List<List<SourceReading>> past = source(50_000).readPast(queries, moments);
        for (int m = 0; m < 4; m++) {
            assertEquals(source(50_000).read(queries, moments.at(m)), past.get(m));
        }
    }

    @Test
    void aRangeThatIsTooMuchForOneAnalysisIsHadInHalvesOfTime() {
        server.refuse(
                (query, moments) -> moments > 3 ? RangedPrometheus.refused(422, "would load too many samples") : null);
        List<SeriesQuery> one = List.of(query(1));
        Moments moments = moments(11);
        List<List<SourceReading>> readings = source(50_000).readPast(one, moments);
        for (int m = 0; m < 11; m++) {
            assertEquals(factors(1), factors(readings.get(m).getFirst(), moments.at(m)));
        }
        assertTrue(server.forms().size() <= MOST_REQUESTS);
    }

    @Test
    void aRangeOfWhichAPartIsRefusedIsNoReadingOfAnyMoment() {
        server.refuse((query, moments) -> moments % 2 == 1 ? RangedPrometheus.refused(422, "odd") : null);
        source(50_000)
                .readPast(List.of(query(1)), moments(5))
                .forEach(atMoment -> assertInstanceOf(SourceReading.Unreachable.class, atMoment.getFirst()));
    }

    @Test
    void manyQueriesToAServerThatHangsEndInTime() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        StubHttpServer hanging = new StubHttpServer(request -> {
            try {
                forever.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Response.text(503, "");
        });
        try (hanging) {
            List<SeriesQuery> metrics = IntStream.range(0, 60)
                    .mapToObj(i -> new SeriesQuery(Selector.parse("metric_" + i), new Arms("version", "v2", "v1")))
                    .toList();
            PrometheusSource source = new PrometheusSource(
                    new PrometheusClient(
                            PrometheusProperties.of("prom", hanging.address()), TestHttp.client(), Map.of()),
                    CLOCK,
                    Duration.ofSeconds(1));
            source.read(metrics, NOON).forEach(reading -> assertInstanceOf(SourceReading.Unreachable.class, reading));
            // Those that had no turn before the deadline are given up and not asked one after the other.
            assertTrue(
                    hanging.requests().size() < metrics.size(),
                    () -> hanging.requests().size() + " requests");
        } finally {
            forever.countDown();
        }
    }

    private PrometheusSource source(int maxSeries) {
        var usual = PrometheusProperties.of("prom", server.address());
        var limits = new PrometheusProperties.Limits(
                maxSeries, usual.limits().timeout(), usual.limits().queryOffset());
        var properties = new PrometheusProperties("prom", usual.url(), usual.access(), usual.parameters(), limits);
        var client = new PrometheusClient(properties, TestHttp.client(), Map.of());
        return new PrometheusSource(client, CLOCK, TestHttp.PATIENT);
    }

    private static Moments moments(int number) {
        Duration step = Duration.ofSeconds(15);
        return new Moments(NOON.minus(step.multipliedBy(number)), step, number);
    }

    private static SeriesQuery query(int i) {
        return new SeriesQuery(
                Selector.parse("requests_total{service=\"service-" + i + "\"}"),
                new Arms("version", "canary-" + i, "stable-" + i));
    }

    private static Map<String, String> labels(int service, String version) {
        return Map.of("__name__", "requests_total", "service", "service-" + service, "version", version);
    }

    private static Map<String, String> with(Map<String, String> labels, String label, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(label, value);
        return more;
    }

    private static List<Long> factors(int i) {
        return List.of(i + 1L, 100L + i);
    }

    /** What the values are times the second they were read at, which is the one before the moment wanted. */
    private static List<Long> factors(SourceReading reading, Instant moment) {
        long second = moment.getEpochSecond() - 1;
        return assertInstanceOf(SourceReading.Series.class, reading).samples().stream()
                .map(Sample::value)
                .map(value -> {
                    assertEquals(0, value % second, value + " was read at another moment than " + moment);
                    return Math.round(value / second);
                })
                .sorted()
                .toList();
    }
}
