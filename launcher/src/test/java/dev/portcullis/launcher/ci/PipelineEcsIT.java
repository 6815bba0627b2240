package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The job and the Lambda for Amazon ECS. */
final class PipelineEcsIT extends PipelineRuns {
    @ParameterizedTest
    @MethodSource("outcomes")
    void aPausedDeploymentOfEcsGoesOnAtPromoteAndBackAtAbortAndStaysOtherwise(
            Function<JsonNode, Response> answer, int exitCode, String told) {
        machine.program("aws", """
                printf '%s\\n' "$*" >>'FOLDER/aws'
                case "$1 $2" in
                    'ecs describe-service-deployments') echo ecs-pause-1 ;;
                    'ecs continue-service-deployment') echo '{"serviceDeploymentArn": "arn"}' ;;
                    *) exit 252 ;;
                esac
                """.replace("FOLDER", folder.toString()));
        var page = DeployFiles.PAGE.text();
        var line =
                Pattern.compile("(?m)^    continue-deployment (arn\\S+) (.*)$").matcher(page);
        assertTrue(line.find());
        try (var gate = new PlayedGate(answer)) {
            var arguments = new ArrayList<String>();
            arguments.add(line.group(1));
            arguments.addAll(List.of(line.group(2)
                    .replace("http://127.0.0.1:8080", gate.address())
                    .split(" ")));
            var run = machine.run(
                    Map.of(),
                    PlayedMachine.in(
                            "dash",
                            DeployFiles.DEPLOY.resolve("ci/ecs/continue-deployment"),
                            arguments.toArray(String[]::new)));
            assertEquals(exitCode, run.exitCode(), run::toString);
            var calls = machine.read("aws").lines().toList();
            assertEquals(exitCode <= 1 ? 2 : 1, calls.size(), calls::toString);
            if (exitCode <= 1) {
                assertEquals(
                        "ecs continue-service-deployment --service-deployment-arn " + line.group(1)
                                + " --hook-id ecs-pause-1 --action " + (exitCode == 0 ? "CONTINUE" : "ROLLBACK"),
                        calls.get(1));
            }
        }
    }

    static Stream<Arguments> deploymentsThatAreNotPaused() {
        return Stream.of(
                Arguments.of("echo None", 64),
                Arguments.of("true", 64),
                Arguments.of("echo no access >&2; exit 254", 3));
    }

    @ParameterizedTest
    @MethodSource("deploymentsThatAreNotPaused")
    void whereNothingIsPausedNobodyIsAsked(String aws, int exitCode) {
        machine.program("aws", aws);
        try (var gate = new PlayedGate(decision("PROMOTE", "CANARY_WITHIN_LIMITS"))) {
            var run = machine.run(
                    Map.of(),
                    PlayedMachine.in(
                            "dash",
                            DeployFiles.DEPLOY.resolve("ci/ecs/continue-deployment"),
                            "arn:aws:ecs:eu-central-1:1:service-deployment/shop/checkout/a",
                            "--gate",
                            gate.address(),
                            "--service",
                            "checkout",
                            "--stage",
                            "pre-deploy"));
            assertEquals(exitCode, run.exitCode(), run::toString);
            assertEquals(List.of(), gate.questions());
        }
    }

    static Stream<Arguments> answersToTheLambda() {
        return Stream.of(
                Arguments.of(decision("PROMOTE", "CANARY_WITHIN_LIMITS"), "SUCCEEDED"),
                Arguments.of(decision("ABORT", "SLO_VIOLATED"), "FAILED"),
                Arguments.of(decision("HOLD", "NO_DATA"), "IN_PROGRESS"),
                Arguments.of(decision("ABORT", Map.of("stage", "canary-2"), "SLO_VIOLATED"), "IN_PROGRESS"),
                Arguments.of((Function<JsonNode, Response>) q -> Response.text(503, ""), "IN_PROGRESS"),
                Arguments.of((Function<JsonNode, Response>) q -> Response.text(200, "<html>ABORT"), "IN_PROGRESS"),
                Arguments.of((Function<JsonNode, Response>) q -> Response.json(200, "[\"ABORT\"]"), "IN_PROGRESS"),
                Arguments.of(
                        (Function<JsonNode, Response>) q -> Response.json(200, "{\"decision\":\"ABORT\"}"),
                        "IN_PROGRESS"),
                Arguments.of((Function<JsonNode, Response>) q -> PlayedGate.refusal("canary", "no"), "IN_PROGRESS"),
                Arguments.of(
                        (Function<JsonNode, Response>)
                                q -> new Response(302, "text/html", "", Map.of("Location", "http://127.0.0.1:1/")),
                        "IN_PROGRESS"));
    }

    @ParameterizedTest
    @MethodSource("answersToTheLambda")
    void theLambdaRollsBackAtAnAbortAlone(Function<JsonNode, Response> answer, String status) throws IOException {
        var event =
                "{\"serviceArn\":\"arn:aws:ecs:us-west-2:1:service/shop/checkout\",\"targetServiceRevisionArn\":\"arn:aws:ecs:us-west-2:1:service-revision/shop/checkout/01275892\"}";
        try (var gate = new PlayedGate(answer)) {
            var hook = hook(gate.address(), event);
            assertEquals(status, hook.path("hookStatus").asText());
            assertEquals(
                    "01275892", gate.questions().getFirst().path("revision").asText());
            assertEquals("Bearer abc", gate.requests().getFirst().headers().get("authorization"));
        }
    }

    @ParameterizedTest
    @MethodSource("brokenCallsOfTheLambda")
    void theLambdaNeverFailsByItself(String gate, String event) throws IOException {
        assertEquals("IN_PROGRESS", hook(gate, event).path("hookStatus").asText());
    }

    static Stream<Arguments> brokenCallsOfTheLambda() {
        var event = "{\"targetServiceRevisionArn\":\"arn:aws:ecs:us-west-2:1:service-revision/shop/checkout/1\"}";
        return Stream.of(
                Arguments.of("http://127.0.0.1:1", event),
                Arguments.of("", event),
                Arguments.of("gate", event),
                Arguments.of("http://127.0.0.1:1", "{}"),
                Arguments.of("http://127.0.0.1:1", "null"));
    }

    private JsonNode hook(String gate, String event) throws IOException {
        machine.write("event.json", event);
        var run = machine.run(
                Map.of(
                        "PYTHONPATH", DeployFiles.DEPLOY.resolve("ci/ecs").toString(),
                        "PYTHONDONTWRITEBYTECODE", "1",
                        "PORTCULLIS_GATE_URL", gate,
                        "PORTCULLIS_SERVICE", "checkout",
                        "PORTCULLIS_TOKEN", "abc"),
                List.of(
                        "python3",
                        "-c",
                        "import json, lambda_hook\nprint(json.dumps(lambda_hook.handler(json.load(open('event.json')), None)))"));
        assertEquals(0, run.exitCode(), run::toString);
        assertFalse(run.out().contains("abc"), run::out);
        return PlayedGate.JSON.readTree(run.out().lines().reduce("", (before, line) -> line));
    }
}
