package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What the pipelines' client writes for other programs: JSON, JUnit, GitLab and GitHub. */
final class GateClientReportIT extends GateClientRuns {
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
}
