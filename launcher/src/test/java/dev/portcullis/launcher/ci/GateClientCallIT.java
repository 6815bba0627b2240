package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The options, variables, signals and files of the pipelines' client. */
final class GateClientCallIT extends GateClientRuns {
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
                Arguments.of(legal, List.of("--rules", "nowhere"), "a file with one that can be read, is expected"),
                Arguments.of(legal, List.of("--rules", "[{]"), "a list in JSON is expected, such as [{\"minimumBake\""),
                Arguments.of(legal, List.of("--rules", "[\"a\"] []"), "a list in JSON is expected"),
                Arguments.of(legal, List.of("--rules", "[],\"dryRun\":true"), "a list in JSON is expected"),
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

    static Stream<Arguments> shellsAndAwks() {
        return Stream.concat(
                shells().map(shell -> Arguments.of(shell, "gawk")), awks().map(awk -> Arguments.of("dash", awk)));
    }

    @ParameterizedTest
    @MethodSource("shellsAndAwks")
    void rulesGoAlongAsTheyAreGivenOrStandInAFile(String shell, String awk) throws IOException {
        machine.program("awk", "exec " + awk + " \"$@\"");
        var rules =
                "[ {\"minimumBake\": {\"for\": \"1h\"}},\n {\"expression\": {\"promoteWhen\": \"release.ticket != 'a\\\\\\\"%s'\", \"message\": \"für später\"}} ]\n";
        machine.write("rules.json", rules);
        machine.write("more.json", "{\"undecided\": \"promote-without-proof\"}");
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var file = ask(
                    shell,
                    gate.address(),
                    "--wait",
                    "0s",
                    "--rules",
                    machine.file("rules.json").toString());
            assertEquals(0, file.exitCode(), file::toString);
            var text = ask(Map.of("PORTCULLIS_RULES", rules.strip()), shell, gate.address(), "--wait", "0s");
            assertEquals(0, text.exitCode(), text::toString);
            assertEquals(
                    0, ask(shell, gate.address(), "--wait", "0s", "--rules=[]").exitCode());
            assertEquals(
                    64,
                    ask(
                                    shell,
                                    gate.address(),
                                    "--wait",
                                    "0s",
                                    "--rules",
                                    machine.file("more.json").toString())
                            .exitCode());
            var questions = gate.questions();
            assertEquals(3, questions.size());
            assertEquals(PlayedGate.JSON.readTree(rules), questions.getFirst().path("rules"));
            assertEquals(questions.getFirst(), questions.get(1));
            assertEquals(PlayedGate.JSON.readTree("[]"), questions.get(2).path("rules"));
        }
    }
}
