package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.scheduling.TaskExecutors;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code /v1/argo} as a client with any manners may use it. */
final class GateHttpIT {
    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        GateUnderTest.policy(folder, "checkout", "");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Test
    void aJsonBodyIsReadWhateverItsTypeIsCalled() {
        var body = "{\"service\":\"checkout\",\"rollout\":\"a\",\"canary\":\"a1\",\"stable\":\"s\",\"step\":\"2\"}";
        for (var type : new String[] {"application/json", "text/plain", "application/x-www-form-urlencoded", "a/b"}) {
            var response = gate.post(type, body);
            assertEquals(200, response.statusCode(), type + ": " + response.body());
            assertEquals("HOLD", GateUnderTest.json(response).path("decision").textValue());
        }
        var untyped =
                gate.send(HttpRequest.newBuilder(gate.uri("/v1/argo")).POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(200, untyped.statusCode(), untyped.body());
    }

    @Test
    void postWithoutABodyTakesTheQuery() {
        var request = HttpRequest.newBuilder(gate.uri("/v1/argo?service=checkout&rollout=b&canary=b1"))
                .POST(HttpRequest.BodyPublishers.noBody());
        var response = gate.send(request);
        assertEquals(200, response.statusCode(), response.body());
        var same = GateUnderTest.json(gate.get("service=checkout&rollout=b&canary=b1"));
        assertEquals(same.path("release"), GateUnderTest.json(response).path("release"));
    }

    @Test
    void theAnswerIsJsonWhateverIsAccepted() {
        for (var accept : new String[] {"text/html", "application/xml", "*/*", "application/json", "nonsense"}) {
            var response = gate.send(HttpRequest.newBuilder(gate.uri("/v1/argo?service=checkout&rollout=c&canary=c1"))
                    .header("Accept", accept));
            assertEquals(200, response.statusCode(), accept + ": " + response.body());
            assertEquals("application/json", contentType(response));
        }
        var error = gate.send(HttpRequest.newBuilder(gate.uri("/v1/argo")).header("Accept", "text/html"));
        assertEquals(400, error.statusCode());
        assertEquals("application/json", contentType(error));
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("none").split(";")[0];
    }

    @Test
    void namesMayHaveAnyCharactersOfAnyLengthUpToTheLimit() {
        var longest = "界".repeat(252) + "\uD83D\uDE80";
        var quoted = "\"" + longest + "\"";
        var body = "{\"service\":\"checkout\",\"namespace\":" + quoted + ",\"rollout\":" + quoted + ",\"canary\":"
                + quoted + ",\"stable\":" + quoted.replace('界', '世') + ",\"revision\":" + quoted + ",\"step\":" + quoted
                + "}";
        var first = gate.post("application/json", body);
        assertEquals(200, first.statusCode(), first.body());
        var again = gate.post("application/json", body);
        assertEquals(
                GateUnderTest.json(first).path("release"),
                GateUnderTest.json(again).path("release"));
        assertFalse(GateUnderTest.json(first).path("release").textValue().isEmpty());
    }

    @Test
    void nothingIsEverNullOrNoNumber() {
        gate.analysis.say("n1", analysis -> analysis.setMeasuring(MeasuringState.NO_DATA)
                .setEvidence(FakeAnalysis.evidence(Double.NaN, Double.POSITIVE_INFINITY))
                .clearObjectives()
                .addObjectives(ObjectiveResult.newBuilder()
                        .setCounts(ArmCounts.getDefaultInstance())
                        .setCanaryBurnRate(Double.NaN)
                        .setBaselineBurnRate(Double.NEGATIVE_INFINITY)));
        var response = gate.get("service=checkout&rollout=n&canary=n1");
        assertFalse(response.body().contains("NaN") || response.body().contains("Infinity"), response.body());
        assertFalse(response.body().contains("null"), response.body());
        var answer = GateUnderTest.json(response);
        assertEquals(-1, answer.path("successRate").path("canary").doubleValue());
        assertEquals(-1, answer.path("burnRate").path("baseline").doubleValue());
        assertEquals(1e12, answer.path("eValues").path("pass").doubleValue());
        assertEquals("NO_DATA", answer.path("measuring").textValue());
    }

    @Test
    void anUnknownServiceHasTheDefaultNumbers() {
        var answer = GateUnderTest.json(gate.get("service=chekout&canary=x"));
        assertEquals(
                "{\"canary\":-1.0,\"baseline\":-1.0}",
                answer.path("successRate").toString());
        assertEquals(
                "{\"fail\":1.0,\"pass\":1.0,\"failThreshold\":100.0,\"passThreshold\":20.0}",
                answer.path("eValues").toString());
        assertTrue(answer.path("explanation").textValue().contains("known: checkout"));
    }

    @Test
    void requestsRunOnVirtualThreads() throws Exception {
        var executor = gate.service()
                .get(ApplicationContext.class)
                .getBean(ExecutorService.class, Qualifiers.byName(TaskExecutors.BLOCKING));
        assertTrue(executor.submit(() -> Thread.currentThread().isVirtual()).get());
    }

    @Test
    void aBodyOverTheLimitIsRefusedAsJson() {
        var response = gate.post("application/json", "{\"service\":\"" + "x".repeat(1 << 20) + "\"}");
        assertEquals(413, response.statusCode(), response.body());
        assertEquals(
                "{\"field\":\"body\",\"fault\":\"has more than 65536 bytes, the most that are taken\"}",
                response.body());
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(
                Arguments.of("", "service"),
                Arguments.of("canary=c", "service"),
                Arguments.of("service=checkout", "canary"),
                Arguments.of("service=%20&canary=c", "service"),
                Arguments.of("service=checkout&canary=", "canary"),
                Arguments.of("service=checkout&canary=c&canray=c", "canray"),
                Arguments.of("service=checkout&service=cart&canary=c", "service"),
                Arguments.of("service=checkout&canary=a%00b", "canary"),
                Arguments.of("service=checkout&canary=c&stable=a%0Ab", "stable"),
                Arguments.of("service=checkout&canary=c&revision=" + "x".repeat(254), "revision"));
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void aQueryThatIsNotLegalNamesItsParameter(String query, String field) {
        var response = gate.get(query);
        assertEquals(400, response.statusCode(), response.body());
        assertFault(field, response);
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("{", "body"),
                Arguments.of("nonsense", "body"),
                Arguments.of("[]", "body"),
                Arguments.of("\"checkout\"", "body"),
                Arguments.of("null", "body"),
                Arguments.of(" ", "body"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"c\"} {}", "body"),
                Arguments.of("{\"service\":\"checkout\",\"service\":\"cart\",\"canary\":\"c\"}", "body"),
                Arguments.of("{}", "service"),
                Arguments.of("{\"service\":\"checkout\"}", "canary"),
                Arguments.of("{\"service\":7,\"canary\":\"c\"}", "service"),
                Arguments.of("{\"service\":null,\"canary\":\"c\"}", "service"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":[\"c\"]}", "canary"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":{\"a\":1}}", "canary"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":true}", "canary"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"c\",\"step\":1}", "step"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"c\",\"wait\":\"1s\"}", "wait"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"\\ud800\"}", "canary"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"a\\u0000\"}", "canary"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBodyThatIsNotLegalNamesItsField(String body, String field) {
        var response = gate.post("application/json", body);
        assertEquals(400, response.statusCode(), response.body());
        assertFault(field, response);
    }

    @Test
    void aQueryBesideABodyIsRefused() {
        var request = HttpRequest.newBuilder(gate.uri("/v1/argo?canary=c"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"service\":\"checkout\",\"canary\":\"c\"}"));
        var response = gate.send(request);
        assertEquals(400, response.statusCode());
        assertFault("canary", response);
    }

    /** Whoever asked by its body would otherwise be answered about what the address says. */
    @Test
    void aBodyThatIsBrokenIsNotNone() throws IOException {
        var head = "POST /v1/argo?service=checkout&rollout=broken&canary=broken1 HTTP/1.1\r\nHost: gate\r\n";
        for (var rest : List.of(
                "Transfer-Encoding: chunked\r\n\r\nrubbish\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: rubbish\r\n\r\n{}")) {
            try (var socket = new Socket("127.0.0.1", gate.service().httpPort())) {
                socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            }
        }
        assertTrue(gate.analysis.starts().stream()
                .noneMatch(request -> request.getCanary().equals("broken1")));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        var bytes = "{\"service\":\"checkout\",\"canary\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xff;
        var response = gate.send(
                HttpRequest.newBuilder(gate.uri("/v1/argo")).POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertEquals(400, response.statusCode(), response.body());
        assertFault("body", response);
    }

    private static void assertFault(String field, HttpResponse<String> response) {
        var body = GateUnderTest.json(response);
        assertEquals(field, body.path("field").textValue(), response.body());
        assertFalse(body.path("fault").textValue().isBlank());
        assertFalse(body.path("fault").textValue().contains("\n"), response.body());
        assertEquals(2, body.size());
    }
}
