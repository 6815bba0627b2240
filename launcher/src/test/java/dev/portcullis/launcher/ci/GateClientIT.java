package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.launcher.ci.PlayedMachine.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** {@code deploy/ci/portcullis-gate} in each shell and with each awk that pipelines have, its time played. */
@Tag("extra")
final class GateClientIT {
    private static final Path CLIENT = DeployFiles.CLIENT;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private PlayedMachine machine;

    static Stream<String> shells() {
        return Stream.of("dash", "bash", "busybox", "mksh");
    }

    /** How to call each awk. */
    static Stream<String> awks() {
        return Stream.of("gawk", "mawk", "original-awk", "busybox awk");
    }

    @BeforeEach
    void machine() {
        machine = new PlayedMachine(folder);
    }

    private Run ask(String shell, String gate, String... more) {
        return ask(Map.of(), shell, gate, more);
    }

    private Run ask(Map<String, String> environment, String shell, String gate, String... more) {
        var arguments = new ArrayList<>(
                List.of("--gate", gate, "--service", "checkout", "--stage", "canary-1", "--revision", "42"));
        arguments.addAll(List.of(more));
        return machine.run(environment, PlayedMachine.in(shell, CLIENT, arguments.toArray(String[]::new)));
    }

    /** Answers like {@code answer} once the wait that was asked for has passed. */
    private Function<JsonNode, Response> later(Function<JsonNode, Response> answer) {
        return question -> {
            machine.pass(DurationText.parse(question.path("wait").asText()).orElseThrow());
            return answer.apply(question);
        };
    }

    @ParameterizedTest
    @MethodSource("shells")
    void promoteIsZero(String shell) {
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = ask(shell, gate.address());
            assertEquals(0, run.exitCode(), run::toString);
            assertEquals("", run.err());
            assertEquals("""
                    portcullis-gate: asking GATE about checkout, stage canary-1, revision 42; waiting for 30m at most
                    portcullis-gate: release RELEASE
                    portcullis-gate: 0 s: PROMOTE (CANARY_WITHIN_LIMITS): evidence against 0.8 : 1 (abort at 100 : 1), for 1.6 : 1 (promote at 20 : 1)
                    PROMOTE: checkout, stage canary-1 (CANARY_WITHIN_LIMITS)
                      Canary: 9 of 750 requests failed (1.2 %).
                      release  RELEASE
                      answer   GATE/v1/gate/evaluations/e-1
                      trace    4bf92f3577b34da6a3ce929d0e0e4736
                    """.replace("GATE", gate.address()).replace("RELEASE", PlayedGate.RELEASE), run.out());
            assertEquals(
                    "{\"service\":\"checkout\",\"stage\":\"canary-1\",\"revision\":\"42\",\"wait\":\"50s\"}",
                    gate.questions().getFirst().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void abortIsOneAndSaysTheRollback(String shell) {
        try (var gate = new PlayedGate(decision("ABORT", "SLO_VIOLATED", "COMBINED_EVIDENCE"))) {
            var run = ask(shell, gate.address());
            assertEquals(1, run.exitCode(), run::toString);
            assertTrue(run.out().contains("ABORT: checkout, stage canary-1 (SLO_VIOLATED,COMBINED_EVIDENCE)\n"));
            assertTrue(run.out().contains("  rollback rollbacks/5e5e2b4e-3a0c-4b0f-8d55-1d1b9a6c0e11\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void holdAtTheEndOfTheWaitIsTwoAndTheWaitIsAskedForInParts(String shell) {
        try (var gate = new PlayedGate(later(decision("HOLD", "NOT_ENOUGH_EVIDENCE")))) {
            var run = ask(shell, gate.address(), "--wait", "2m");
            assertEquals(2, run.exitCode(), run::toString);
            assertEquals(List.of("50s", "50s", "20s"), waits(gate));
            assertEquals(Duration.ofMinutes(2), machine.passed());
            assertEquals(
                    1,
                    run.out().lines().filter(line -> line.contains("s: HOLD")).count(),
                    "a line for a change, not for a question");
        }
    }

    private static List<String> waits(PlayedGate gate) {
        return gate.questions().stream()
                .map(question -> question.path("wait").asText())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void eachChangeIsALine(String shell) {
        var evidence = Map.<String, Object>of(
                "eValues", Map.of("fail", 0.4, "pass", 12.7, "failThreshold", 100, "passThreshold", 20));
        try (var gate = new PlayedGate(
                later(decision("HOLD", Map.of("release", ""), "NO_DATA")),
                later(decision("HOLD", "NOT_ENOUGH_EVIDENCE")),
                later(decision("HOLD", "NOT_ENOUGH_EVIDENCE")),
                later(decision("HOLD", evidence, "NOT_ENOUGH_EVIDENCE")),
                decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = ask(shell, gate.address());
            assertEquals(0, run.exitCode(), run::toString);
            assertEquals(
                    List.of("50", "release", "100", "200", "200"),
                    run.out()
                            .lines()
                            .filter(line -> line.matches("portcullis-gate: (\\d+ s: |release ).*"))
                            .map(line -> line.replaceFirst("portcullis-gate: (\\w+).*", "$1"))
                            .toList());
            assertTrue(run.out().contains("200 s: PROMOTE"), run::out);
            assertTrue(run.out().contains("for 13 : 1 (promote at 20 : 1)"), run::out);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aHoldThatWillNotChangeEndsTheWait(String shell) {
        try (var gate = new PlayedGate(decision("HOLD", Map.of("settled", true), "RELEASE_SUPERSEDED"))) {
            var run = ask(shell, gate.address());
            assertEquals(2, run.exitCode(), run::toString);
            assertEquals(1, gate.questions().size());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aGateThatIsBeingStoppedIsAskedAgainAtOnceButNotInALoop(String shell) {
        var hold = decision("HOLD", "NOT_ENOUGH_EVIDENCE");
        try (var gate = new PlayedGate(hold, hold, hold, decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            assertEquals(0, ask(shell, gate.address()).exitCode());
            assertEquals(List.of("1", "1", "1"), machine.sleeps());
        }
    }

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

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    static Stream<Arguments> wrongCalls() {
        var legal = Map.of(
                "--gate", "http://127.0.0.1:1", "--service", "checkout", "--stage", "canary-1", "--revision", "42");
        return Stream.of(
                Arguments.of(legal, List.of("--gate", ""), "--gate is missing"),
                Arguments.of(legal, List.of("--gate", "gate:8080"), "http:// or https:// is expected"),
                Arguments.of(legal, List.of("--gate", "https://me:secret@gate"), "without user, query or blank"),
                Arguments.of(legal, List.of("--gate", "https://gate/?a=b"), "without user, query or blank"),
                Arguments.of(legal, List.of("--gate", "https://gate\nheader: x"), "without user, query or blank"),
                Arguments.of(legal, List.of("--service", ""), "--service is missing"),
                Arguments.of(legal, List.of("--stage", ""), "--stage is missing"),
                Arguments.of(legal, List.of("--stage", "canary-0"), "canary-1 to canary-99"),
                Arguments.of(legal, List.of("--stage", "canary-100"), "canary-1 to canary-99"),
                Arguments.of(legal, List.of("--stage", "prod"), "canary-1 to canary-99"),
                Arguments.of(legal, List.of("--revision", ""), "--revision or --canary is missing"),
                Arguments.of(legal, List.of("--wait", "10"), "a duration such as"),
                Arguments.of(legal, List.of("--wait", "abc"), "a duration such as"),
                Arguments.of(legal, List.of("--wait", "1m\n1m"), "a duration such as"),
                Arguments.of(legal, List.of("--wait", "25h"), "0s to 1d is legal"),
                Arguments.of(legal, List.of("--wait", "99999999999999999s"), "0s to 1d is legal"),
                Arguments.of(legal, List.of("--hold-is", "promote"), "fail or pass is expected"),
                Arguments.of(legal, List.of("--unavailable-is", "promote"), "fail or pass is expected"),
                Arguments.of(legal, List.of("--format", "xml"), "text, json, github, gitlab or junit"),
                Arguments.of(legal, List.of("--results", "nowhere"), "there is no such folder"),
                Arguments.of(legal, List.of("--token-file", "nowhere"), "the file cannot be read"),
                Arguments.of(legal, List.of("--token", "abc"), "use --token-file or PORTCULLIS_TOKEN"),
                Arguments.of(legal, List.of("--wait"), "--wait needs a value"),
                Arguments.of(legal, List.of("--dryrun"), "unknown argument --dryrun"),
                Arguments.of(legal, List.of("canary-1"), "unknown argument canary-1"));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallIsSixtyFourAndSaysWhatIsLegal(Map<String, String> legal, List<String> wrong, String told) {
        for (var shell : shells().toList()) {
            var arguments = new ArrayList<String>();
            legal.forEach((name, value) -> arguments.addAll(List.of(name, value)));
            arguments.addAll(wrong);
            var run = machine.run(Map.of(), PlayedMachine.in(shell, CLIENT, arguments.toArray(String[]::new)));
            assertEquals(64, run.exitCode(), run::toString);
            assertEquals("", run.out());
            assertTrue(run.err().startsWith("portcullis-gate: "), run::err);
            assertTrue(run.err().contains(told), run::err);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void helpIsNoDecisionButNoFaultEither(String shell) {
        var run = machine.run(Map.of(), PlayedMachine.in(shell, CLIENT, "--help"));
        assertEquals(0, run.exitCode());
        assertTrue(run.out().startsWith("usage: portcullis-gate "));
    }

    /** Shells end with 0 behind a script that ends too early, and with 2 at broken syntax. */
    @ParameterizedTest
    @MethodSource("shells")
    void aScriptThatWasCutOffNeverLooksLikeAnAnswer(String shell) throws IOException {
        var lines = Files.readAllLines(CLIENT);
        var wrong = new ArrayList<String>();
        for (var count = 2; count < lines.size(); count++) {
            machine.write("cut", String.join("\n", lines.subList(0, count)));
            var run = machine.run(
                    Map.of(),
                    PlayedMachine.in(
                            shell,
                            machine.file("cut"),
                            "--gate",
                            "http://127.0.0.1:1",
                            "--service",
                            "checkout",
                            "--stage",
                            "pre-deploy"));
            if (run.exitCode() <= 2) {
                wrong.add("cut after line " + count + ": " + run);
            }
        }
        assertEquals(List.of(), wrong);
    }

    static Stream<Arguments> signals() {
        return shells().flatMap(shell -> Stream.of(
                Arguments.of(shell, "TERM", 143), Arguments.of(shell, "INT", 130), Arguments.of(shell, "HUP", 129)));
    }

    @ParameterizedTest
    @MethodSource("signals")
    void aSignalEndsTheWaitAsItEndsAnyProgram(String shell, String signal, int exitCode) throws IOException {
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        try (var gate = new PlayedGate(question -> {
            asked.countDown();
            awaitUninterruptibly(never);
            return Response.text(503, "");
        })) {
            // Whoever runs the tests in the background has SIGINT ignored, and no shell can trap what it was started to
            // ignore.
            var command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM,HUP"));
            command.addAll(PlayedMachine.in(
                    shell, CLIENT, "--gate", gate.address(), "--service", "checkout", "--stage", "pre-deploy"));
            var process = machine.start(Map.of(), command);
            awaitUninterruptibly(asked);
            var children = process.descendants().toList();
            assertFalse(children.isEmpty());
            machine.run(Map.of(), List.of("/bin/kill", "-s", signal, Long.toString(process.pid())));
            assertEquals(exitCode, machine.ended(process).exitCode());
            Await.until("curl has ended", LIMIT, () -> children.stream().noneMatch(ProcessHandle::isAlive));
            assertEquals(List.of(), left());
        } finally {
            never.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void nothingIsLeftWhenNobodyReadsItsOutputAnyMore(String shell) throws IOException {
        var closed = machine.file("closed");
        try (var gate = new PlayedGate(question -> {
            Await.until("the reader has left", LIMIT, () -> Files.exists(closed));
            return Response.json(200, PlayedGate.body(question, "ABORT", Map.of(), "SLO_VIOLATED"));
        })) {
            var command = new ArrayList<>(List.of(
                    "bash",
                    "-c",
                    "{ env --default-signal=PIPE \"$@\"; echo $? >code; } | { read -r line; exec <&-; : >closed; }",
                    "bash"));
            command.addAll(PlayedMachine.in(
                    shell, CLIENT, "--gate", gate.address(), "--service", "checkout", "--stage", "pre-deploy"));
            machine.run(Map.of(), command);
            // mksh writes by a program of its own, which the signal ends: the shell goes on to the end, with the
            // answer's code.
            assertEquals(
                    shell.equals("mksh") ? "1" : "141", machine.read("code").strip());
            assertEquals(List.of(), left());
        }
    }

    /** What is left of temporary files. */
    private List<Path> left() throws IOException {
        try (var files = Files.list(machine.temporary())) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFolderThatAVariableOfTheCallerNamesIsLeftAlone(String shell) throws IOException {
        var precious = Files.createDirectories(folder.resolve("precious"));
        var run = machine.run(
                Map.of("dir", precious.toString(), "outcome", "0", "child", "1"),
                PlayedMachine.in(shell, CLIENT, "--unknown"));
        assertEquals(64, run.exitCode());
        assertTrue(Files.exists(precious));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theTokenReachesTheGateAndNobodyElse(String shell) throws IOException {
        var token = "eyJhbGciOi.J9+a/b~c_d-e==";
        machine.program(
                "curl",
                "printf '%s\\n' \"$@\" >'" + folder + "/arguments'\nenv >'" + folder
                        + "/environment'\nexec /usr/bin/curl \"$@\"");
        machine.write("token", token + "\n");
        for (var byFile : List.of(true, false)) {
            try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
                var command = new ArrayList<>(PlayedMachine.in(
                        shell, CLIENT, "--gate", gate.address(), "--service", "checkout", "--stage", "pre-deploy"));
                command.add(shell.equals("busybox") ? 2 : 1, "-x");
                if (byFile) {
                    command.addAll(List.of("--token-file", machine.file("token").toString()));
                }
                var run = machine.run(byFile ? Map.of() : Map.of("PORTCULLIS_TOKEN", token), command);
                assertEquals(0, run.exitCode(), run::toString);
                assertEquals(
                        "Bearer " + token, gate.requests().getFirst().headers().get("authorization"));
                for (var text : List.of(run.out(), run.err(), machine.read("arguments"), machine.read("environment"))) {
                    assertFalse(text.contains("eyJhbGciOi"), () -> text);
                }
                assertTrue(run.err().contains("+ "), "the trace was on");
            }
        }
        assertEquals(List.of(), left());
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "quo\"te", "a b", "back\\slash", "ümlaut"})
    void aTokenThatWouldBeAnotherHeaderIsRefusedAndNotShown(String token) {
        var run = machine.run(
                Map.of("PORTCULLIS_TOKEN", token),
                PlayedMachine.in(
                        "dash", CLIENT, "--gate", "http://127.0.0.1:1", "--service", "a", "--stage", "pre-deploy"));
        assertEquals(64, run.exitCode());
        assertTrue(run.err().contains("no bearer token has"), run::err);
        assertFalse(run.err().contains(token), run::err);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theSettingsOfCurlsUserAreLeftOut(String shell) {
        machine.write(".curlrc", "max-time = 0.001\nfail\nlocation\nuser-agent = \"someone\"\n");
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            assertEquals(0, ask(shell, gate.address()).exitCode());
            assertTrue(gate.requests().getFirst().headers().get("user-agent").startsWith("curl/"));
        }
    }

    /** Texts that would do something if anybody took them for more than a text. */
    private static final String HOSTILE =
            "$(touch '%1$s/x') `touch '%1$s/x'` ; touch '%1$s/x' | & \"' \\ \n::error::forged\n##[error]forged\r%%0A::set-output name=decision::PROMOTE"
                    + " ]]> <script>alert(1)</script> &amp; \u001b[31m v\u202e2\u2066 \u0085 \u009b31m |cell| *bold* _it_ #head @all [link](http://evil) \u0000 \u007f ÄÖ 漢 \uD83D\uDE00";

    static Stream<Arguments> shellsAndAwks() {
        return shells().flatMap(shell -> awks().map(awk -> Arguments.of(shell, awk)));
    }

    @ParameterizedTest
    @MethodSource("shellsAndAwks")
    void textsOfTheAnswerStayTexts(String shell, String awk) throws Exception {
        machine.program("awk", "exec " + awk + " \"$@\"");
        var hostile = HOSTILE.formatted(folder);
        var objectives = PlayedGate.JSON
                .readTree(PlayedGate.body(PlayedGate.JSON.createObjectNode(), "HOLD", Map.of()))
                .path("objectives");
        ((com.fasterxml.jackson.databind.node.ObjectNode) objectives.get(0)).put("slo", hostile);
        var others = Map.<String, Object>of(
                "explanation",
                hostile,
                "release",
                "services/checkout/releases/" + hostile,
                "rollback",
                hostile,
                "address",
                "/" + hostile,
                "traceId",
                hostile,
                "objectives",
                objectives);
        Files.createDirectories(folder.resolve("results"));
        for (var format : List.of("text", "json", "github", "gitlab", "junit")) {
            machine.write("outputs", "");
            machine.write("summary", "");
            try (var gate = new PlayedGate(decision("ABORT", others, "SLO_VIOLATED", hostile))) {
                var run = ask(
                        Map.of(
                                "GITHUB_OUTPUT", machine.file("outputs").toString(),
                                "GITHUB_STEP_SUMMARY", machine.file("summary").toString()),
                        shell,
                        gate.address(),
                        "--format",
                        format,
                        "--results",
                        "results",
                        "--output",
                        "report");
                assertEquals(1, run.exitCode(), run::toString);
                assertFalse(Files.exists(folder.resolve("x")), "something was run");
                var log = run.out() + run.err();
                assertFalse(log.contains("##["), log);
                assertTrue(
                        log.replaceAll("\u001b\\[0Ksection_.*\r\u001b\\[0K", "")
                                .lines()
                                .noneMatch(line -> line.chars().anyMatch(GateClientIT::isHidden)),
                        log);
                assertTrue(
                        log.lines()
                                .filter(line -> line.startsWith("::"))
                                .allMatch(line -> line.startsWith("::error title=Portcullis%3A ABORT::$(touch")),
                        log);
                assertTrue(log.contains("ÄÖ 漢 \uD83D\uDE00"), log);
            }
            switch (format) {
                case "json" ->
                    assertEquals(
                            hostile,
                            PlayedGate.JSON
                                    .readTree(machine.read("report"))
                                    .path("explanation")
                                    .asText());
                case "gitlab", "junit" ->
                    assertTrue(
                            xml(machine.read("report")).getTextContent().contains("<script>alert(1)</script> &amp;"));
                case "github" -> {
                    assertEquals(
                            List.of("decision", "reasons", "release", "explanation", "address"),
                            machine.read("outputs")
                                    .lines()
                                    .map(line -> line.substring(0, line.indexOf('=')))
                                    .toList());
                    var summary = machine.read("summary");
                    assertEquals(summary, machine.read("report"));
                    assertFalse(summary.contains("<"), summary);
                    assertFalse(summary.contains("[link]"), summary);
                    var row = summary.lines()
                            .filter(line -> line.startsWith("| "))
                            .toList();
                    assertEquals(2, row.size(), summary);
                    assertTrue(
                            row.stream()
                                    .allMatch(line ->
                                            line.chars().filter(c -> c == '|').count() == 10),
                            summary);
                }
                default -> assertTrue(machine.read("report").startsWith("ABORT: checkout"));
            }
        }
        assertEquals("ABORT", machine.read("results/decision"));
    }

    /** A control character, or one that shows a text in another order. */
    private static boolean isHidden(int letter) {
        return Character.isISOControl(letter)
                || (letter >= 0x2028 && letter <= 0x202e)
                || (letter >= 0x2066 && letter <= 0x2069);
    }

    /** A runner of GitHub takes a line for a command that begins so, behind any number of blanks. */
    @ParameterizedTest
    @MethodSource("shells")
    void noTextOfTheAnswerBeginsACommandOfGitHub(String shell) {
        var command = "::set-output name=decision::PROMOTE";
        var others = Map.<String, Object>of("explanation", " \n\t" + command, "rollback", command, "traceId", command);
        try (var gate = new PlayedGate(decision("ABORT", others, "SLO_VIOLATED"))) {
            var run = ask(shell, gate.address(), "--format", "github");
            assertEquals(1, run.exitCode(), run::toString);
            assertEquals(
                    List.of("::error title=Portcullis%3A ABORT:"),
                    run.out()
                            .lines()
                            .map(String::strip)
                            .filter(line -> line.startsWith("::"))
                            .map(line -> line.replaceFirst("::: :.*", ":"))
                            .toList(),
                    run::out);
        }
    }

    private static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    @ParameterizedTest
    @MethodSource("awks")
    void everyAwkReadsEveryFigure(String awk) {
        machine.program("awk", "exec " + awk + " \"$@\"");
        var evidence = Map.<String, Object>of(
                "eValues", Map.of("fail", 1.0e12, "pass", 0, "failThreshold", 1.0E2, "passThreshold", 20));
        try (var gate = new PlayedGate(decision("ABORT", evidence, "SLO_VIOLATED"))) {
            machine.write("summary", "");
            var run = ask(
                    Map.of("GITHUB_STEP_SUMMARY", machine.file("summary").toString(), "LC_ALL", "de_DE.UTF-8"),
                    "dash",
                    gate.address(),
                    "--format",
                    "github");
            assertEquals(1, run.exitCode(), run::toString);
            assertTrue(
                    run.out()
                            .contains(
                                    "evidence against over 1e12 : 1 (abort at 100 : 1), for 0.0 : 1 (promote at 20 : 1)"),
                    run::out);
            assertTrue(
                    machine.read("summary")
                            .contains(
                                    "| checkout-availability | 750 | 9 | 98.800 % | 12.00 | 6800 | 1 | 99.980 % | 0.20 |\n"),
                    () -> machine.read("summary"));
        }
    }

    @ParameterizedTest
    @MethodSource("shellsAndAwks")
    void namesAreSentAsTheyAre(String shell, String awk) {
        machine.program("awk", "exec " + awk + " \"$@\"");
        var name = "a\"b\\c\td$(id)`id`'%s é漢\uD83D\uDE00 \\u0041 &";
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = ask(
                    shell,
                    gate.address(),
                    "--revision=" + name,
                    "--canary",
                    name,
                    "--stable",
                    name,
                    "--namespace",
                    name,
                    "--rollout",
                    name,
                    "--dry-run");
            assertEquals(0, run.exitCode(), run::toString);
            var question = gate.questions().getFirst();
            for (var field : List.of("revision", "canary", "stable", "namespace", "rollout")) {
                assertEquals(name, question.path(field).asText());
            }
            assertTrue(question.path("dryRun").booleanValue());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void variablesSayWhatOptionsSayAndEmptyOnesNothing(String shell) {
        try (var gate = new PlayedGate(decision("HOLD", "NOT_ENOUGH_EVIDENCE"))) {
            var run = machine.run(
                    Map.ofEntries(
                            Map.entry("PORTCULLIS_GATE_URL", gate.address() + "/"),
                            Map.entry("PORTCULLIS_SERVICE", "checkout"),
                            Map.entry("PORTCULLIS_STAGE", "canary-2"),
                            Map.entry("PORTCULLIS_REVISION", "43"),
                            Map.entry("PORTCULLIS_CANARY", "c"),
                            Map.entry("PORTCULLIS_STABLE", "s"),
                            Map.entry("PORTCULLIS_NAMESPACE", "shop"),
                            Map.entry("PORTCULLIS_ROLLOUT", ""),
                            Map.entry("PORTCULLIS_WAIT", "0s"),
                            Map.entry("PORTCULLIS_DRY_RUN", "true"),
                            Map.entry("PORTCULLIS_HOLD_IS", "pass"),
                            Map.entry("PORTCULLIS_UNAVAILABLE_IS", ""),
                            Map.entry("PORTCULLIS_FORMAT", "json"),
                            Map.entry("PORTCULLIS_OUTPUT", "answer.json"),
                            Map.entry("PORTCULLIS_RESULTS", ""),
                            Map.entry("PORTCULLIS_TOKEN_FILE", ""),
                            Map.entry("PORTCULLIS_TOKEN", "")),
                    PlayedMachine.in(shell, CLIENT));
            assertEquals(0, run.exitCode(), run::toString);
            assertEquals("", run.out());
            assertTrue(machine.read("answer.json").startsWith("{\"decision\":\"HOLD\""));
            assertEquals(
                    "{\"service\":\"checkout\",\"stage\":\"canary-2\",\"revision\":\"43\",\"canary\":\"c\",\"stable\":\"s\",\"namespace\":\"shop\","
                            + "\"dryRun\":true,\"wait\":\"0s\"}",
                    gate.questions().getFirst().toString());
            assertFalse(gate.requests().getFirst().headers().containsKey("authorization"));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aMachineWithoutRoomForFilesCannotAsk(String shell) {
        var run = machine.run(
                Map.of("TMPDIR", folder + "/nowhere"),
                PlayedMachine.in(
                        shell,
                        CLIENT,
                        "--gate",
                        "http://127.0.0.1:1",
                        "--service",
                        "checkout",
                        "--stage",
                        "pre-deploy"));
        assertEquals(3, run.exitCode(), run::toString);
        machine.program(
                "mktemp",
                "mkdir -m 700 '" + folder + "/full' && ln -s /dev/full '" + folder + "/full/question' && echo '"
                        + folder + "/full'");
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            assertEquals(3, ask(shell, gate.address(), "--wait", "0s").exitCode());
            assertEquals(List.of(), gate.questions());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void anAddressMayBeOneOfIpVersion6(String shell) {
        var run = ask(shell, "http://[::1]:1", "--wait", "0s");
        assertEquals(3, run.exitCode(), run::toString);
        assertTrue(run.out().contains("no answer: curl: (7)"), run::out);
        assertFalse(run.out().contains("asking again"), run::out);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatIsToPassPasses(String shell) throws IOException {
        try (var gate = new PlayedGate(decision("HOLD", "NOT_ENOUGH_EVIDENCE"))) {
            assertEquals(
                    0,
                    ask(shell, gate.address(), "--wait", "0s", "--hold-is", "pass")
                            .exitCode());
            assertEquals(
                    2,
                    ask(shell, gate.address(), "--wait", "0s", "--unavailable-is", "pass")
                            .exitCode());
        }
        var nobody = "http://127.0.0.1:" + FreePorts.next();
        assertEquals(
                0,
                ask(shell, nobody, "--wait", "0s", "--unavailable-is", "pass").exitCode());
        assertEquals(3, ask(shell, nobody, "--wait", "0s", "--hold-is", "pass").exitCode());
        try (var gate = new PlayedGate(decision("ABORT", "SLO_VIOLATED"))) {
            assertEquals(
                    1,
                    ask(shell, gate.address(), "--hold-is", "pass", "--unavailable-is", "pass")
                            .exitCode());
        }
    }

    @Test
    void aDryRunSaysWhatTheDecisionWouldHaveBeen() {
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = ask("dash", gate.address(), "--dry-run");
            assertEquals(0, run.exitCode());
            assertTrue(run.out().contains("PROMOTE (dry run: ABORT): checkout"), run::out);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void jsonIsTheAnswerAloneAndTheLogIsBesideIt(String shell) throws IOException {
        try (var gate = new PlayedGate(decision("ABORT", "SLO_VIOLATED"))) {
            var run = ask(shell, gate.address(), "--format", "json");
            assertEquals(
                    "ABORT",
                    PlayedGate.JSON.readTree(run.out()).path("decision").asText());
            assertTrue(run.err().contains("ABORT: checkout"));
        }
    }

    static Stream<Arguments> junitOutcomes() {
        return Stream.of(
                Arguments.of(decision("PROMOTE", "CANARY_WITHIN_LIMITS"), List.of(), "0 0 0", ""),
                Arguments.of(decision("ABORT", "SLO_VIOLATED"), List.of(), "1 0 0", "failure"),
                Arguments.of(decision("HOLD", "NO_DATA"), List.of(), "1 0 0", "failure"),
                Arguments.of(decision("HOLD", "NO_DATA"), List.of("--hold-is", "pass"), "0 0 1", "skipped"),
                Arguments.of((Function<JsonNode, Response>) q -> Response.text(500, ""), List.of(), "0 1 0", "error"),
                Arguments.of(
                        (Function<JsonNode, Response>) q -> PlayedGate.refusal("canary", "is blank"),
                        List.of(),
                        "0 1 0",
                        "error"));
    }

    @ParameterizedTest
    @MethodSource("junitOutcomes")
    void junitHasATestThatFailsWhenTheJobFails(
            Function<JsonNode, Response> answer, List<String> more, String counts, String element) throws Exception {
        try (var gate = new PlayedGate(answer)) {
            var arguments = new ArrayList<>(List.of("--format", "junit", "--wait", "0s"));
            arguments.addAll(more);
            var run = ask("dash", gate.address(), arguments.toArray(String[]::new));
            var suite = (Element) xml(run.out()).getFirstChild();
            assertEquals(
                    counts,
                    suite.getAttribute("failures") + " " + suite.getAttribute("errors") + " "
                            + suite.getAttribute("skipped"));
            assertEquals("1", suite.getAttribute("tests"));
            var all = new HashSet<String>();
            var nodes = suite.getElementsByTagName("*");
            IntStream.range(0, nodes.getLength())
                    .forEach(i -> all.add(nodes.item(i).getNodeName()));
            all.removeAll(List.of("testcase", "system-out"));
            assertEquals(element.isEmpty() ? List.of() : List.of(element), List.copyOf(all));
            assertEquals(run.exitCode() != 0, !counts.startsWith("0 0"));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void gitlabHasItsSectionAndItsReport(String shell) throws Exception {
        try (var gate = new PlayedGate(decision("ABORT", "SLO_VIOLATED"))) {
            var run = ask(shell, gate.address(), "--format", "gitlab");
            assertEquals(1, run.exitCode(), run::toString);
            assertTrue(
                    run.out()
                            .startsWith(
                                    "\u001b[0Ksection_start:1700000000:portcullis_gate[collapsed=true]\r\u001b[0KAsking Portcullis\n"),
                    run::out);
            assertTrue(
                    run.out().contains("\u001b[0Ksection_end:1700000000:portcullis_gate\r\u001b[0K\nABORT: "),
                    run::out);
            assertEquals("testsuites", xml(machine.read("portcullis-gate.xml")).getNodeName());
        }
    }

    static Stream<Arguments> githubLevels() {
        return Stream.of(
                Arguments.of(
                        decision("PROMOTE", "CANARY_WITHIN_LIMITS"),
                        List.of(),
                        "::notice title=Portcullis%3A PROMOTE::"),
                Arguments.of(decision("HOLD", "NO_DATA"), List.of(), "::error title=Portcullis%3A HOLD::"),
                Arguments.of(
                        decision("HOLD", "NO_DATA"),
                        List.of("--hold-is", "pass"),
                        "::warning title=Portcullis%3A HOLD::"),
                Arguments.of(
                        (Function<JsonNode, Response>) q -> Response.text(500, ""),
                        List.of(),
                        "::error title=Portcullis%3A the gate could not be asked::the answer is status 500"));
    }

    @ParameterizedTest
    @MethodSource("githubLevels")
    void githubIsToldAsLoudlyAsItIs(Function<JsonNode, Response> answer, List<String> more, String command) {
        try (var gate = new PlayedGate(answer)) {
            var arguments = new ArrayList<>(List.of("--format", "github", "--wait", "0s"));
            arguments.addAll(more);
            var run = ask("dash", gate.address(), arguments.toArray(String[]::new));
            assertTrue(run.out().contains("\n" + command), run::out);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void resultsAreFilesWithoutANewline(String shell) throws IOException {
        Files.createDirectories(folder.resolve("results"));
        try (var gate = new PlayedGate(decision("HOLD", "NOT_ENOUGH_EVIDENCE", "TOO_LITTLE_TRAFFIC"))) {
            ask(shell, gate.address(), "--wait", "0s", "--results", "results");
            assertAll(
                    () -> assertEquals("HOLD", machine.read("results/decision")),
                    () -> assertEquals("NOT_ENOUGH_EVIDENCE,TOO_LITTLE_TRAFFIC", machine.read("results/reasons")),
                    () -> assertEquals(PlayedGate.RELEASE, machine.read("results/release")),
                    () -> assertEquals(gate.address() + "/v1/gate/evaluations/e-1", machine.read("results/address")));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aReportThatCannotBeWrittenChangesNoDecision(String shell) {
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = ask(shell, gate.address(), "--format", "junit", "--output", "nowhere/report.xml");
            assertEquals(0, run.exitCode(), run::toString);
            assertTrue(run.err().contains("--output nowhere/report.xml cannot be written"), run::err);
        }
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeTheWaitLonger() {
        var asked = new java.util.concurrent.atomic.AtomicInteger();
        try (var gate = new PlayedGate(question -> {
            // The clock goes back by an hour behind the first question.
            machine.pass(asked.incrementAndGet() == 1 ? Duration.ofHours(-1) : Duration.ofSeconds(50));
            return decision("HOLD", "NOT_ENOUGH_EVIDENCE").apply(question);
        })) {
            var run = ask("dash", gate.address(), "--wait", "1m");
            assertEquals(2, run.exitCode(), run::toString);
            assertTrue(asked.get() < 5, () -> asked + " questions");
        }
    }
}
