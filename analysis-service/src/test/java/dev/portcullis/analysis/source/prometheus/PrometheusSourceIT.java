package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusSourceIT {
    private static final String EMPTY = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    private final StubHttpServer server = new StubHttpServer(request -> Response.json(200, EMPTY));

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"'',/api/v1/query", "/,/api/v1/query", "/prom,/prom/api/v1/query", "/select/0/,/select/0/api/v1/query"})
    void theBasePathIsKept(String base, String expected) {
        read(base, "up");
        assertEquals(expected, server.requests().getFirst().uri().toString());
    }

    @Test
    void rawSamplesAreAskedForInAFormSoThatLongQueriesFit() {
        String codes = String.join("|", Collections.nCopies(1_000, "x".repeat(50)));
        String query = "http_requests_total{code=~\"" + codes + "\"}";
        read("", query, "up");
        var requests = server.requests().stream().map(FakePrometheus::form).toList();
        assertEquals(2, requests.size());
        assertTrue(requests.stream().anyMatch(form -> form.get("query").length() > 50_000));
        assertTrue(requests.stream().anyMatch(form -> form.get("query").equals("up{version=~\"v1|v2\"}")));
        assertTrue(requests.stream().allMatch(form -> form.get("time").equals("1767268799.000")), requests::toString);
        assertEquals("POST", server.requests().getFirst().method());
        assertEquals(
                "application/x-www-form-urlencoded",
                server.requests().getFirst().headers().get("content-type"));
    }

    @Test
    void everyValueIsHandedOnAsItIs() {
        server.answer(
                request -> Response.json(200, vector("[1, \"3\"]", "[1, \"NaN\"]", "[1, \"+Inf\"]", "[1, \"1e3\"]")));
        var series = assertInstanceOf(SourceReading.Series.class, read("", "up"));
        assertEquals(
                List.of(3.0, Double.NaN, Double.POSITIVE_INFINITY, 1000.0),
                series.samples().stream().map(sample -> sample.value()).toList());
        assertEquals(
                Map.of("__name__", "up", "version", "v2", "pod", "0"),
                series.samples().getFirst().labels());
    }

    @Test
    void anAnswerWithWarningsIsNoReadingSinceSeriesMayBeMissing() {
        String body = EMPTY.replace("\"data\"", "\"warnings\":[\"store\\nunreachable\"],\"data\"");
        server.answer(request -> Response.json(200, body));
        var unreachable = assertInstanceOf(SourceReading.Unreachable.class, read("", "up", "down"));
        assertTrue(
                unreachable.detail().endsWith("series may be missing in it: store unreachable"), unreachable.detail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "400 | {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"} | status 400: parse error",
                "422 | {\"status\":\"error\",\"error\":\"too many samples\"} | status 422: too many samples",
                "503 | {\"status\":\"error\",\"error\":\"query timed out\"} | status 503: query timed out",
                "200 | {\"status\":\"error\",\"error\":\"odd\"} | status 200: odd",
                "502 | <html>Bad Gateway</html> | status 502, and the body is not JSON",
                "200 | ok | status 200, and the body is not JSON",
                "200 | ^^ | status 200, and the body is not JSON of that API; is this",
                "200 | [] | status 200, and the body is not JSON of that API but '[]'",
                "404 | 404 page not found | but '404 page not found'; is the path of url right?",
                "302 | {} | status 302, no result in the body",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}} | a result of type 'matrix'",
                "200 | {\"status\":\"success\"} | a result of type ''",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":[]}]}}"
                        + " | a series without a value",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"x\"]}]}}"
                        + " | the value 'x'",
                "500 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}} | status 500"
            })
    void anAnswerThatIsNoVectorIsNoReading(int status, String body, String reason) {
        server.answer(request -> Response.json(status, body));
        var unreachable = assertInstanceOf(SourceReading.Unreachable.class, read("", "up"));
        assertTrue(unreachable.detail().contains(reason), unreachable.detail());
        assertTrue(unreachable.detail().startsWith(server.address()), unreachable.detail());
    }

    @Test
    void nobodyListeningIsNoReading() {
        server.close();
        var unreachable = assertInstanceOf(SourceReading.Unreachable.class, read("", "up"));
        assertTrue(unreachable.detail().contains("connection refused"), unreachable.detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":"})
    void anAnswerThatDoesNotEndIsNoReading(String beginning) throws IOException {
        // Kept until the end: a socket that nobody refers to is closed by the garbage collector.
        var accepted = new CompletableFuture<Socket>();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    var connection = silent.accept();
                    accepted.complete(connection);
                    connection.getOutputStream().write(beginning.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            var reading = Readings.of(
                    source("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(1)),
                    Selector.parse("up"),
                    ARMS);
            var unreachable = assertInstanceOf(SourceReading.Unreachable.class, reading);
            assertTrue(unreachable.detail().contains("answer within"), unreachable.detail());
            accepted.join().close();
        }
    }

    private SourceReading read(String base, String... queries) {
        return Readings.of(
                        source(server.address() + base, TestHttp.PATIENT),
                        List.of(queries).stream().map(Selector::parse).toList(),
                        ARMS)
                .getFirst();
    }

    private static PrometheusSource source(String url, Duration deadline) {
        return new PrometheusSource(
                new PrometheusClient(PrometheusProperties.of("prom", url), TestHttp.client()), NOON, deadline);
    }

    private static String vector(String... values) {
        String series = IntStream.range(0, values.length)
                .mapToObj(i -> "{\"metric\":{\"__name__\":\"up\",\"version\":\"v2\",\"pod\":\"" + i + "\"},\"value\":"
                        + values[i] + "}")
                .collect(java.util.stream.Collectors.joining(","));
        return EMPTY.replace("[]", "[" + series + "]");
    }
}
