package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.launcher.ci.PlayedMachine.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each integration of deploy/ci, its script taken out of its file and run in the environment that its system gives it. */
@Tag("extra")
final class PipelinesIT {
    /** Texts that would be commands if anybody wrote them into a script. */
    private static final String HOSTILE = "$(touch hacked) `touch hacked`\"; touch hacked #' %s";

    @TempDir
    Path folder;

    private PlayedMachine machine;

    @BeforeEach
    void machine() {
        machine = new PlayedMachine(folder);
        machine.program("portcullis-gate", "exec sh '" + DeployFiles.CLIENT + "' \"$@\"");
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(decision("PROMOTE", "CANARY_WITHIN_LIMITS"), 0, "PROMOTE"),
                Arguments.of(decision("ABORT", "SLO_VIOLATED"), 1, "ABORT"),
                Arguments.of(decision("HOLD", Map.of("settled", true), "RELEASE_SUPERSEDED"), 2, "HOLD"),
                Arguments.of((Function<JsonNode, Response>) question -> Response.text(503, ""), 3, ""),
                Arguments.of(
                        (Function<JsonNode, Response>) question -> PlayedGate.refusal("canary", "is blank"), 64, ""));
    }

    /** Runs the action's step with these inputs; outputs are in the file "outputs". */
    private Run action(Map<String, String> with) {
        var action = DeployFiles.documents("ci/github/action.yml").getFirst();
        var inputs = new HashMap<String, String>();
        DeployFiles.mapAt(action, "inputs").forEach((name, input) -> {
            var byDefault = ((Map<?, ?>) input).get("default");
            if (byDefault != null) {
                inputs.put("inputs." + name, githubText(byDefault.toString(), Map.of("github.sha", "0f1e2d")));
            }
        });
        with.forEach((name, value) -> inputs.put("inputs." + name, value));
        var step = DeployFiles.at(action, "runs", "steps", 0);
        var environment = new HashMap<String, String>();
        DeployFiles.mapAt(step, "env")
                .forEach((name, value) -> environment.put(name.toString(), githubText(value.toString(), inputs)));
        environment.put(
                "GITHUB_ACTION_PATH", DeployFiles.DEPLOY.resolve("ci/github").toString());
        environment.put("GITHUB_OUTPUT", machine.file("outputs").toString());
        environment.put("GITHUB_STEP_SUMMARY", machine.file("summary").toString());
        assertEquals("sh", DeployFiles.at(step, "shell"));
        machine.write("step.sh", DeployFiles.at(step, "run").toString());
        machine.write("outputs", "");
        machine.write("summary", "");
        return machine.run(
                environment, List.of("sh", "-e", machine.file("step.sh").toString()));
    }

    private static String githubText(String text, Map<String, String> values) {
        return DeployFiles.filled(text, "${{", "}}", values::get);
    }

    private Map<String, String> outputs() {
        var outputs = new LinkedHashMap<String, String>();
        machine.read("outputs")
                .lines()
                .forEach(line ->
                        outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return outputs;
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void theActionEndsAndTellsAsTheGateDecided(Function<JsonNode, Response> answer, int exitCode, String told) {
        try (var gate = new PlayedGate(answer)) {
            var run = action(Map.of(
                    "gate", gate.address(), "service", "checkout", "stage", "canary-1", "wait", "2s", "token", "abc"));
            assertEquals(exitCode, run.exitCode(), run::toString);
            assertEquals(told, outputs().get("decision"));
            assertTrue(machine.read("summary").startsWith("### Portcullis: "));
            assertEquals("0f1e2d", gate.questions().getFirst().path("revision").asText());
            assertEquals("Bearer abc", gate.requests().getFirst().headers().get("authorization"));
        }
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void theWorkflowOfThePageGoesOnAtPromoteAlone(Function<JsonNode, Response> answer, int exitCode, String told) {
        for (var name : List.of("deploy-canary", "deploy-everywhere", "take-canary-away")) {
            machine.program(name, "echo " + name + " >>'" + folder + "/done'");
        }
        try (var gate = new PlayedGate(answer)) {
            var failed = false;
            for (var step : DeployFiles.listAt(DeployFiles.onThePage("jobs:"), "jobs", "release", "steps")) {
                var condition = Optional.ofNullable(((Map<?, ?>) step).get("if"));
                var wanted = condition
                        .map(text -> {
                            assertEquals("failure() && steps.gate.outputs.decision == 'ABORT'", text);
                            return outputs().get("decision").equals("ABORT");
                        })
                        .orElse(false);
                if (failed ? !wanted : condition.isPresent()) {
                    continue;
                }
                failed |= step(gate, (Map<?, ?>) step) != 0;
            }
            assertEquals(exitCode != 0, failed);
            assertEquals(
                    switch (told) {
                        case "PROMOTE" -> List.of("deploy-canary", "deploy-everywhere");
                        case "ABORT" -> List.of("deploy-canary", "take-canary-away");
                        default -> List.of("deploy-canary");
                    },
                    machine.read("done").lines().toList());
        }
    }

    private int step(PlayedGate gate, Map<?, ?> step) {
        if (step.get("run") instanceof String command) {
            return machine.run(Map.of(), List.of("sh", "-ec", command.replace("./", folder + "/bin/")))
                    .exitCode();
        }
        if (step.get("uses").toString().startsWith("actions/checkout@")) {
            return 0;
        }
        assertTrue(step.get("uses").toString().startsWith("portcullis/portcullis/deploy/ci/github@"));
        var with = new HashMap<String, String>();
        DeployFiles.mapAt(step, "with")
                .forEach((name, value) -> with.put(
                        name.toString(), githubText(value.toString(), Map.of("secrets.PORTCULLIS_TOKEN", "abc"))));
        with.put("gate", gate.address());
        return action(with).exitCode();
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void theComponentEndsAsTheGateDecidedAndLeavesAReport(
            Function<JsonNode, Response> answer, int exitCode, String told) {
        try (var gate = new PlayedGate(answer)) {
            var given = new HashMap<String, String>();
            var documents = DeployFiles.documents("ci/gitlab/templates/portcullis-gate.yml");
            DeployFiles.mapAt(documents.getFirst(), "spec", "inputs").forEach((name, input) -> {
                var byDefault = ((Map<?, ?>) input).get("default");
                if (byDefault != null) {
                    given.put(name.toString(), byDefault.toString());
                }
            });
            DeployFiles.mapAt(DeployFiles.onThePage("component:"), "include", 0, "inputs")
                    .forEach((name, value) -> given.put(name.toString(), value.toString()));
            given.put("gate", gate.address());
            given.put("stable", HOSTILE);
            given.put("wait", "2s");
            var job = DeployFiles.at(documents.get(1), "$[[ inputs.job-name ]]");
            var environment = new HashMap<>(Map.of("CI_COMMIT_SHA", "0f1e2d", "PORTCULLIS_TOKEN", "abc"));
            DeployFiles.mapAt(job, "variables")
                    .forEach((name, value) -> environment.put(
                            name.toString(),
                            DeployFiles.filled(value.toString(), "$[[ inputs.", "]]", given::get)
                                    .replace("$CI_COMMIT_SHA", "0f1e2d")));
            machine.write(
                    "job.sh",
                    String.join(
                            "\n",
                            DeployFiles.listAt(job, "script").stream()
                                    .map(Object::toString)
                                    .toList()));
            var run = machine.run(
                    environment, List.of("sh", "-e", machine.file("job.sh").toString()));
            assertEquals(exitCode, run.exitCode(), run::toString);
            assertEquals("0f1e2d", gate.questions().getFirst().path("revision").asText());
            assertEquals(HOSTILE, gate.questions().getFirst().path("stable").asText());
            assertNothingWasRun();
            assertTrue(machine.read(
                            DeployFiles.at(job, "artifacts", "reports", "junit").toString())
                    .contains("<testcase classname=\"portcullis.checkout\" name=\"canary-1\""));
        }
    }

    private void assertNothingWasRun() {
        assertFalse(Files.exists(folder.resolve("hacked")));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void theTaskOfTektonEndsAsTheGateDecidedAndHasItsResults(
            Function<JsonNode, Response> answer, int exitCode, String told) throws IOException {
        try (var gate = new PlayedGate(answer)) {
            var task = DeployFiles.documents("ci/tekton/portcullis-gate.yaml").getFirst();
            var values = new HashMap<String, String>();
            for (var param : DeployFiles.listAt(task, "spec", "params")) {
                var byDefault = ((Map<?, ?>) param).get("default");
                if (byDefault != null) {
                    values.put("params." + DeployFiles.at(param, "name"), byDefault.toString());
                }
            }
            for (var param :
                    DeployFiles.listAt(DeployFiles.onThePage("kind: Pipeline"), "spec", "tasks", 0, "params")) {
                values.put(
                        "params." + DeployFiles.at(param, "name"),
                        DeployFiles.at(param, "value").toString());
            }
            values.put("params.gate", gate.address());
            values.put("params.revision", HOSTILE);
            values.put("params.wait", "2s");
            var results = Files.createDirectories(folder.resolve("results"));
            for (var result : DeployFiles.listAt(task, "spec", "results")) {
                var name = DeployFiles.at(result, "name").toString();
                values.put("results." + name + ".path", results.resolve(name).toString());
            }
            var step = DeployFiles.at(task, "spec", "steps", 0);
            var environment = new HashMap<String, String>();
            for (var variable : DeployFiles.listAt(step, "env")) {
                environment.put(
                        DeployFiles.at(variable, "name").toString(),
                        DeployFiles.filled(DeployFiles.at(variable, "value").toString(), "$(", ")", values::get));
            }
            machine.program("script", DeployFiles.at(step, "script").toString().replaceFirst("^#!/bin/sh\n", ""));
            var run = machine.run(
                    environment, List.of(folder.resolve("bin/script").toString()));
            assertEquals(exitCode, run.exitCode(), run::toString);
            assertEquals(HOSTILE, gate.questions().getFirst().path("revision").asText());
            assertNothingWasRun();
            assertEquals(told, machine.read("results/decision"));
            for (var result : DeployFiles.listAt(task, "spec", "results")) {
                assertTrue(Files.exists(
                        results.resolve(DeployFiles.at(result, "name").toString())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void theHookOfArgoCdAndTheCheckOfCloudDeployFailUnlessPromoted(
            Function<JsonNode, Response> answer, int exitCode, String told) {
        var container = DeployFiles.mapAt(
                DeployFiles.documents("ci/argo-cd/pre-sync.yaml").getFirst(),
                "spec",
                "template",
                "spec",
                "containers",
                0);
        var task = DeployFiles.mapAt(
                DeployFiles.documents("ci/google-cloud-deploy/delivery-pipeline.yaml")
                        .getFirst(),
                "serialPipeline",
                "stages",
                0,
                "strategy",
                "standard",
                "analysis",
                "customChecks",
                0,
                "task");
        for (var started : List.of(container, task)) {
            try (var gate = new PlayedGate(answer)) {
                var command = new ArrayList<String>();
                DeployFiles.listAt(started, "command").forEach(part -> command.add(part.toString()));
                DeployFiles.listAt(started, "args")
                        .forEach(part ->
                                command.add(part.toString().matches("https?://.*") ? gate.address() : part.toString()));
                command.set(0, folder.resolve("bin").resolve(command.getFirst()).toString());
                var environment = new HashMap<String, String>();
                if (started.get("env") instanceof List<?> variables) {
                    variables.forEach(variable -> ((Map<?, ?>) variable)
                            .forEach((name, value) -> environment.put(
                                    name.toString(),
                                    githubText(
                                            value.toString(),
                                            Map.of("render.metadata.cloud_run.revision.name", "checkout-00042-abc")))));
                }
                var run = machine.run(environment, command);
                assertEquals(exitCode, run.exitCode(), run::toString);
                assertEquals("50s", gate.questions().getFirst().path("wait").asText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void theLineOfTheJenkinsfileEndsAsTheGateDecided(Function<JsonNode, Response> answer, int exitCode, String told) {
        var pipeline = DeployFiles.text(DeployFiles.DEPLOY.resolve("ci/jenkins/Jenkinsfile"));
        var line =
                Pattern.compile("sh\\(returnStatus: true, script: '([^']+)'\\)").matcher(pipeline);
        assertTrue(line.find());
        var environment = new HashMap<String, String>();
        Pattern.compile("(PORTCULLIS_[A-Z_]+) = ['\"]([^'\"]+)['\"]")
                .matcher(pipeline)
                .results()
                .forEach(setting ->
                        environment.put(setting.group(1), setting.group(2).replace("${env.GIT_COMMIT}", "0f1e2d")));
        try (var gate = new PlayedGate(answer)) {
            environment.put("PORTCULLIS_GATE_URL", gate.address());
            var run = machine.run(environment, List.of("sh", "-xec", line.group(1)));
            assertEquals(exitCode, run.exitCode(), run::toString);
            assertTrue(machine.read("portcullis-gate.xml").contains("</testsuites>"));
            assertEquals("0f1e2d", gate.questions().getFirst().path("revision").asText());
        }
    }

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

    @ParameterizedTest
    @MethodSource("shellScripts")
    void shellcheckFindsNothing(String script) {
        var run = machine.run(
                Map.of(),
                List.of(
                        "shellcheck",
                        "--shell=sh",
                        "--severity=warning",
                        DeployFiles.DEPLOY.resolve(script).toString()));
        assertEquals("", run.out());
        assertEquals(0, run.exitCode());
    }

    static Stream<String> shellScripts() {
        return Stream.of("ci/portcullis-gate", "ci/ecs/continue-deployment");
    }

    /** The first lines of the page: the call, and what it prints. */
    @Test
    void theCallOfThePagePrintsWhatThePageSays() {
        var page = DeployFiles.PAGE.text();
        var call = Pattern.compile("(?m)^    (portcullis-gate .*)$").matcher(page);
        assertTrue(call.find());
        var printed = Pattern.compile("(?m)(?:^    (?:portcullis-gate:|PROMOTE|  ).*\n)+")
                .matcher(page);
        assertTrue(printed.find());
        var now = Map.<String, Object>of(
                "explanation",
                "Canary: 9 of 7,500 requests failed (0.12 %).",
                "eValues",
                Map.of("fail", 0.6, "pass", 21, "failThreshold", 100, "passThreshold", 20));
        try (var gate = new PlayedGate(decision("HOLD", "NOT_ENOUGH_EVIDENCE"), question -> {
            machine.pass(Duration.ofSeconds(49));
            return decision("PROMOTE", now, "CANARY_WITHIN_LIMITS").apply(question);
        })) {
            var run = machine.run(
                    Map.of(), List.of("sh", "-c", call.group(1).replace("http://127.0.0.1:8080", gate.address())));
            assertEquals(0, run.exitCode(), run::toString);
            assertEquals(
                    printed.group().replaceAll("(?m)^    ", ""),
                    run.out().replace(gate.address(), "http://127.0.0.1:8080"));
        }
    }
}
