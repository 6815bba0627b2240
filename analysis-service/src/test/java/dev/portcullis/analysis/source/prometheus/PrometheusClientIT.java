package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.source.Access;
import dev.portcullis.analysis.source.Credentials;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.analysis.source.SecretPlace;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PrometheusClientIT {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.250Z");
    private static final String TOKEN = "t0ken-of-the-team";
    private static final String PASSWORD = "pass word";

    private final StubHttpServer server = new StubHttpServer(request -> Response.json(200, answer("vector", "")));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aQueryForAMomentIsSentAsAForm() throws QueryFailureException {
        String series = "{\"metric\":{\"pod\":\"a\"},\"value\":[1,\"3\"]}";
        server.answer(request -> Response.json(200, answer("vector", series)));
        List<Sample> result = client(Access.OPEN, Map.of()).instant("up{a=\"b\"}", NOON, TestHttp.PATIENT);
        assertEquals(List.of(new Sample(Map.of("pod", "a"), 3)), result);
        assertEquals("/prometheus/api/v1/query", asked().uri().toString());
        assertEquals(
                Map.of(
                        "query", "up{a=\"b\"}",
                        "time", "1767268800.250",
                        "timeout", "20000ms",
                        "nocache", "1",
                        "latency_offset", "1ms"),
                FakePrometheus.form(asked()));
    }

    @Test
    void aQueryForARangeIsSentAsAForm() throws QueryFailureException {
        String series = "{\"metric\":{\"pod\":\"a\"},\"values\":[[1767268800.25,\"3\"],[1767268801.75,\"4\"]]}";
        server.answer(request -> Response.json(200, answer("matrix", series)));
        List<RangeSeries> result = client(Access.OPEN, Map.of("dedup", "true"))
                .range("up", NOON, NOON.plusSeconds(60), Duration.ofMillis(1500), TestHttp.PATIENT);
        Map<String, String> labels = Map.of("pod", "a");
        var samples = new TreeMap<>(Map.of(NOON, new Sample(labels, 3), NOON.plusMillis(1500), new Sample(labels, 4)));
        assertEquals(List.of(new RangeSeries(labels, samples)), result);
        assertEquals("/prometheus/api/v1/query_range", asked().uri().toString());
        Map<String, String> form = FakePrometheus.form(asked());
        assertEquals("1767268800.250", form.get("start"));
        assertEquals("1767268860.250", form.get("end"));
        assertEquals("1.500", form.get("step"));
        assertEquals("true", form.get("dedup"));
        assertEquals(null, form.get("time"));
    }

    @Test
    void aRangeThatIsRefusedSaysWhy() {
        server.answer(
                request -> Response.json(400, "{\"status\":\"error\",\"error\":\"exceeded maximum resolution\"}"));
        PrometheusClient client = client(Access.OPEN, Map.of());
        assertRefused(
                QueryFailure.QUERY,
                "status 400: exceeded maximum resolution",
                () -> client.range("up", NOON, NOON, Duration.ofSeconds(1), TestHttp.PATIENT));
    }

    @Test
    void tenantAndOtherHeadersAreSentAndHaveNoTextOfTheirValues() throws QueryFailureException {
        var access = new Access(
                Map.of("X-Scope-OrgID", "team-a", "X-Key", "k3y-of-the-team"), Optional.empty(), Optional.empty());
        client(access, Map.of()).instant("up", NOON, TestHttp.PATIENT);
        assertEquals("team-a", asked().headers().get("x-scope-orgid"));
        assertEquals("k3y-of-the-team", asked().headers().get("x-key"));
        assertFalse(properties(access, Map.of()).toString().contains("k3y"));
    }

    @Test
    void aTokenIsReadAnewForEachRequest(@TempDir Path folder) throws IOException, QueryFailureException {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        var client = client(bearer(new SecretPlace(true, file.toString())), Map.of());
        client.instant("up", NOON, TestHttp.PATIENT);
        assertEquals("Bearer " + TOKEN, asked().headers().get("authorization"));
        Files.writeString(file, "another");
        client.instant("up", NOON, TestHttp.PATIENT);
        assertEquals("Bearer another", asked().headers().get("authorization"));
        Files.delete(file);
        assertRefused(
                QueryFailure.AWAY,
                "file " + file + " cannot be read: there is no such file or folder",
                () -> client.instant("up", NOON, TestHttp.PATIENT));
        assertEquals(2, server.requests().size());
    }

    @Test
    void nameAndPasswordAreSentEncoded() throws QueryFailureException {
        client(basic(), Map.of()).instant("up", NOON, TestHttp.PATIENT);
        assertEquals("Basic bWU6cGFzcyB3b3Jk", asked().headers().get("authorization"));
    }

    @Test
    void whatTheOtherSideRepeatsOfASecretIsNotTold() {
        server.answer(request -> Response.text(
                401,
                "no entry for " + request.headers().get("authorization") + " at "
                        + request.headers().get("x-key")));
        var access = new Access(
                Map.of("X-Key", "k3y-of-the-team"),
                bearer(new SecretPlace(false, "TOKEN")).credentials(),
                Optional.empty());
        assertEquals(
                "status 401, and the body is not JSON of that API but 'no entry for Bearer *** at ***'; are the credentials and the"
                        + " tenant right?",
                refused(client(access, Map.of())));
        server.answer(request -> Response.json(
                200,
                "{\"status\":\"error\",\"error\":\"" + "x".repeat(195)
                        + request.headers().get("authorization") + "\"}"));
        assertFalse(refused(client(access, Map.of())).contains("t0ken"));
        server.answer(request -> Response.text(401, PASSWORD + request.headers().get("authorization")));
        assertEquals(
                "status 401, and the body is not JSON of that API but '***Basic ***'; are the credentials and the tenant right?",
                refused(client(basic(), Map.of())));
    }

    @Test
    void aSecretThatIsNotThereIsToldByItsPlaceAndNothingIsAsked() {
        assertEquals(
                "environment variable ABSENT is not set",
                refused(client(bearer(new SecretPlace(false, "ABSENT")), Map.of())));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void aQueryThatIsTooLongForAProxyIsTheQuerysFault() {
        server.answer(request -> Response.text(413, "<html>Request Entity Too Large</html>"));
        PrometheusClient client = client(Access.OPEN, Map.of());
        assertRefused(
                QueryFailure.QUERY,
                "status 413, and the body is not JSON of that API but '<html>Request Entity Too Large</html>'; the query is too"
                        + " long for what stands before the server",
                () -> client.instant("up", NOON, TestHttp.PATIENT));
    }

    @Test
    void anotherPathThatGivesNoDataSaysWhy() {
        server.answer(request -> Response.text(200, "<html>"));
        PrometheusClient client = client(Access.OPEN, Map.of());
        assertRefused(
                QueryFailure.AWAY,
                "/api/v1/labels answers something other than JSON",
                () -> client.get("/api/v1/labels", Map.of(), TestHttp.PATIENT));
        server.answer(request -> Response.json(403, "{\"status\":\"error\",\"error\":\"forbidden\"}"));
        assertRefused(
                QueryFailure.AWAY,
                "status 403 of /api/v1/labels: forbidden",
                () -> client.get("/api/v1/labels", Map.of(), TestHttp.PATIENT));
    }

    private static void assertRefused(QueryFailure failure, String reason, Executable query) {
        var refused = assertThrows(QueryFailureException.class, query);
        assertEquals(failure, refused.failure());
        assertEquals(reason, refused.reason());
    }

    private static String refused(PrometheusClient client) {
        var refused = assertThrows(QueryFailureException.class, () -> client.instant("up", NOON, TestHttp.PATIENT));
        assertEquals(QueryFailure.AWAY, refused.failure());
        assertTrue(refused.reason().lines().count() == 1, refused.reason());
        return refused.reason();
    }

    private static Access bearer(SecretPlace token) {
        return new Access(Map.of(), Optional.of(new Credentials.Bearer(token)), Optional.empty());
    }

    private static Access basic() {
        var basic = new Credentials.Basic("me", new SecretPlace(false, "PASSWORD"));
        return new Access(Map.of(), Optional.of(basic), Optional.empty());
    }

    private PrometheusClient client(Access access, Map<String, String> parameters) {
        Map<String, String> environment = Map.of("TOKEN", TOKEN, "PASSWORD", PASSWORD);
        return new PrometheusClient(properties(access, parameters), TestHttp.client(), environment);
    }

    private PrometheusProperties properties(Access access, Map<String, String> parameters) {
        return new PrometheusProperties(
                "prom",
                HttpAddress.parse(server.address() + "/prometheus/", false),
                access,
                parameters,
                PrometheusProperties.Limits.USUAL);
    }

    private Request asked() {
        return server.requests().getLast();
    }

    private static String answer(String type, String series) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"" + type + "\",\"result\":[" + series + "]}}";
    }
}
