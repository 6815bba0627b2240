package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jobs of GitHub, GitLab, Tekton, Argo CD, Cloud Deploy and Jenkins. */
final class PipelineJobIT extends PipelineRuns {
    /** Texts that would be commands if anybody wrote them into a script. */
    private static final String HOSTILE = "$(touch hacked) `touch hacked`\"; touch hacked #' %s";

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
