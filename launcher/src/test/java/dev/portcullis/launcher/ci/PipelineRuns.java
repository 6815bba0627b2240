package dev.portcullis.launcher.ci;

import static dev.portcullis.launcher.ci.PlayedGate.decision;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.launcher.ci.PlayedMachine.Run;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** The integrations of deploy/ci, the script of each taken out of its file and run in the environment that its system gives it. */
@Tag("extra")
abstract class PipelineRuns {
    @TempDir
    Path folder;

    PlayedMachine machine;

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
    Run action(Map<String, String> with) {
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

    static String githubText(String text, Map<String, String> values) {
        return DeployFiles.filled(text, "${{", "}}", values::get);
    }

    Map<String, String> outputs() {
        var outputs = new LinkedHashMap<String, String>();
        machine.read("outputs")
                .lines()
                .forEach(line ->
                        outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return outputs;
    }

    int step(PlayedGate gate, Map<?, ?> step) {
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
}
