package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipelines' client and a gate that is away, silent, busy, or no gate at all. */
final class GateClientOutageIT extends GateClientRuns {
    @ParameterizedTest
    @MethodSource("shells")
    void aGateThatIsDownIsThreeAfterGrowingPauses(String shell) throws IOException {
        var run = ask(shell, "http://127.0.0.1:" + FreePorts.next(), "--wait", "1m");
        assertEquals(3, run.exitCode(), run::toString);
        assertEquals(List.of("1", "2", "4", "8", "10", "10", "10", "10", "5"), machine.sleeps());
        assertEquals(
                1,
                run.out().lines().filter(line -> line.contains("asking again")).count(),
                run::out);
        assertTrue(
                run.out().contains("the gate could not be asked: checkout, stage canary-1\n  no answer: curl: (7)"),
                run::out);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aGateThatIsRestartedIsWaitedFor(String shell) {
        Function<JsonNode, Response> away = question -> Response.text(503, "no upstream");
        Function<JsonNode, Response> login =
                question -> new Response(200, "text/html", "<html>{\"decision\":\"PROMOTE\"}</html>");
        try (var gate = new PlayedGate(
                away, question -> Response.text(502, ""), away, login, decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = ask(shell, gate.address());
            assertEquals(0, run.exitCode(), run::toString);
            assertEquals(List.of("1", "2", "4", "8"), machine.sleeps());
        }
    }

    /** Answers that a proxy, another service or a gate that broke off may give. None of them may look like a decision. */
    static Stream<Arguments> answersOfOthers() {
        var whole = PlayedGate.body(
                PlayedGate.JSON.createObjectNode().put("stage", "canary-1"),
                "PROMOTE",
                Map.of(),
                "CANARY_WITHIN_LIMITS");
        var bodies = List.of(
                "",
                "PROMOTE",
                "<html><body>Log in {\"decision\":\"PROMOTE\"}</body></html>",
                "{\"decision\":\"PROMOTE\"}",
                "[" + whole + "]",
                whole.substring(0, whole.length() - 1),
                whole.substring(0, whole.length() / 2),
                whole + "}",
                whole + whole,
                whole.replace("\"PROMOTE\"", "\"promote\""),
                whole.replace("\"PROMOTE\"", "{\"PROMOTE\":1}"),
                whole.replace("\"PROMOTE\"", "PROMOTE"),
                whole.replace("canary-1", "canary-2"),
                whole.replace("\"settled\"", "\"sealed\""),
                whole.replace("services/checkout/", "services/cart/"),
                whole.replace("\"dryRun\":false", "\"dryRun\":true"),
                "{\"answer\":" + whole + "}");
        return shells().flatMap(shell -> bodies.stream().map(body -> Arguments.of(shell, body)));
    }

    @ParameterizedTest
    @MethodSource("answersOfOthers")
    void whatIsNoAnswerOfTheGateIsNoDecision(String shell, String body) {
        try (var gate = new PlayedGate(question -> Response.json(200, body))) {
            var run = ask(shell, gate.address(), "--wait", "3s");
            assertEquals(3, run.exitCode(), run::toString);
            assertTrue(run.out().contains("is none of Portcullis"), run::out);
        }
    }

    static Stream<Arguments> cuts() {
        return shells().flatMap(shell -> Stream.of(Framing.values())
                .filter(framing -> framing != Framing.WHOLE)
                .map(framing -> Arguments.of(shell, framing)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void anAnswerThatBreaksOffIsAskedForAgain(String shell, Framing framing) {
        var whole = PlayedGate.body(
                PlayedGate.JSON.createObjectNode().put("stage", "canary-1"),
                "PROMOTE",
                Map.of(),
                "CANARY_WITHIN_LIMITS");
        var isFirst = new AtomicBoolean(true);
        var part = framing == Framing.UNTIL_CLOSE || framing == Framing.HTTP_1_0
                ? whole.substring(0, whole.length() - 10)
                : whole;
        try (var server = new CuttingHttpServer(path -> isFirst.getAndSet(false)
                ? framing.of("application/json", part)
                : Framing.WHOLE.of("application/json", whole))) {
            var run = ask(shell, server.address());
            assertEquals(0, run.exitCode(), run::toString);
            assertEquals(List.of("1"), machine.sleeps());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aSilentGateIsThree(String shell) {
        // The client gives a question 15 s more than the gate; here curl is given one.
        machine.program("curl", "exec /usr/bin/curl \"$@\" --max-time 1");
        var never = new CountDownLatch(1);
        try (var gate = new PlayedGate(question -> {
            awaitUninterruptibly(never);
            return Response.text(503, "");
        })) {
            var run = ask(shell, gate.address(), "--wait", "2s");
            assertEquals(3, run.exitCode(), run::toString);
            assertTrue(run.out().contains("curl: (28)"), run::out);
        } finally {
            never.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theGateSaysHowLongABusyOneIsLeftAlone(String shell) {
        Function<JsonNode, Response> busy =
                question -> new Response(429, "application/json", "{}", Map.of("Retry-After", "7"));
        try (var gate = new PlayedGate(busy, busy, decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            assertEquals(0, ask(shell, gate.address()).exitCode());
            assertEquals(List.of("7", "7"), machine.sleeps());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999999999999", "1; touch x", ""})
    void aRetryAfterThatIsNoNumberOfSecondsIsLeftOut(String value) {
        Function<JsonNode, Response> busy =
                question -> new Response(429, "application/json", "{}", Map.of("Retry-After", value));
        try (var gate = new PlayedGate(busy, decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            assertEquals(0, ask("dash", gate.address()).exitCode());
            assertEquals(List.of("1"), machine.sleeps());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aRefusedQuestionIsSixtyFourWithFieldAndFault(String shell) {
        try (var gate = new PlayedGate(question -> PlayedGate.refusal("stable", "is the same as canary"))) {
            var run = ask(shell, gate.address(), "--unavailable-is", "pass", "--hold-is", "pass");
            assertEquals(64, run.exitCode(), run::toString);
            assertTrue(run.out().contains("the question was refused: checkout"), run::out);
            assertTrue(run.out().contains("  status 400: stable is the same as canary\n"), run::out);
            assertEquals(1, gate.questions().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 405, 413, 415, 422})
    void aRefusalOfAnyKindIsNotTriedAgain(int status) {
        try (var gate = new PlayedGate(question -> Response.text(status, "no"))) {
            assertEquals(64, ask("dash", gate.address()).exitCode());
            assertEquals(1, gate.questions().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 304, 307, 308, 404, 408, 425, 429, 500, 502, 503, 504})
    void anythingElseIsTriedAgain(int status) {
        try (var other = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"));
                var gate = new PlayedGate(
                        question -> new Response(
                                status, "text/plain", "", Map.of("Location", other.address() + "/v1/gate")),
                        decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = ask("dash", gate.address());
            assertEquals(0, run.exitCode(), run::toString);
            assertEquals(List.of("1"), machine.sleeps());
            assertEquals(List.of(), other.questions(), "nobody is followed elsewhere with a token");
        }
    }
}
