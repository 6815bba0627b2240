package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pipelines' client makes of texts that are secret, or meant to do harm. */
final class GateClientTextIT extends GateClientRuns {
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
                                .noneMatch(line -> line.chars().anyMatch(GateClientTextIT::isHidden)),
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
                    "--artifact",
                    name,
                    "--ticket=" + name,
                    "--author",
                    name,
                    "--labels",
                    name,
                    "--dry-run");
            assertEquals(0, run.exitCode(), run::toString);
            var question = gate.questions().getFirst();
            for (var field : List.of(
                    "revision", "canary", "stable", "namespace", "rollout", "artifact", "ticket", "author", "labels")) {
                assertEquals(name, question.path(field).asText());
            }
            assertTrue(question.path("dryRun").booleanValue());
        }
    }
}
