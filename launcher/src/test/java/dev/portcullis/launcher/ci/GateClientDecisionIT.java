package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.text.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exit codes of the pipelines' client for each decision, and how it waits for one. */
final class GateClientDecisionIT extends GateClientRuns {
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
