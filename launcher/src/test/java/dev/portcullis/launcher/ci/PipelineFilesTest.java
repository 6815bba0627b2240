package dev.portcullis.launcher.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What deploy/ci, its page and the client's own help say of the options agrees, without running any of it. */
final class PipelineFilesTest {
    private static final Pattern OPTION = Pattern.compile("(?m)^  (--[a-z-]+) .*");
    private static final Pattern VARIABLE = Pattern.compile("PORTCULLIS_[A-Z_]+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(--[a-z-]+)` \\| (.*?) \\|");
    /** What an integration of another kind has in their place: its own way to a report and to results, and a token that is no input. */
    private static final List<String> OF_THE_SHELL =
            List.of("--format", "--output", "--results", "--token-file", "--ca-file");

    static Stream<String> files() {
        return DeployFiles.yamlFiles()
                .map(file -> DeployFiles.DEPLOY.relativize(file).toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsYaml(String file) {
        assertFalse(DeployFiles.documents(file).isEmpty());
    }

    @Test
    void everyYamlOfThePageIsOne() {
        var blocks = DeployFiles.PAGE.blocks("yaml");
        assertTrue(blocks.size() >= 4, () -> blocks.size() + " blocks");
        blocks.forEach(block -> assertFalse(DeployFiles.documentsOf(block).isEmpty()));
    }

    /** Option to variables, from the help. */
    private static Map<String, TreeSet<String>> help() {
        var script = DeployFiles.text(DeployFiles.CLIENT);
        var usage = script.substring(script.indexOf("<<'TEXT'"), script.indexOf("\nTEXT\n"));
        return OPTION.matcher(usage)
                .results()
                .collect(Collectors.toMap(option -> option.group(1), option -> variables(option.group())));
    }

    private static TreeSet<String> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(variable -> variable.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void thePageHasTheOptionsAndVariablesOfTheHelp() {
        var page = DeployFiles.PAGE.text();
        var options = page.substring(page.indexOf("## Options"), page.indexOf("## GitHub Actions"));
        var onThePage = ROW.matcher(options)
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> variables(row.group(2))));
        assertEquals(help(), onThePage);
        assertTrue(onThePage.size() > 12);
    }

    @Test
    void theClientReadsTheVariablesOfTheHelp() {
        var script = DeployFiles.text(DeployFiles.CLIENT);
        var told = help().values().stream().flatMap(TreeSet::stream).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(told, variables(script.substring(script.indexOf("\nTEXT\n"))));
    }

    private static TreeSet<String> inputsOfTheHelp(String... others) {
        var names = new TreeSet<String>();
        help().keySet().stream()
                .filter(option -> !OF_THE_SHELL.contains(option))
                .forEach(option -> names.add(option.substring(2)));
        names.addAll(List.of(others));
        return names;
    }

    private static TreeSet<String> names(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theActionHasEachOptionAsAnInputAndNoneIsWrittenIntoItsScript() {
        var action = DeployFiles.documents("ci/github/action.yml").getFirst();
        assertEquals(inputsOfTheHelp("token"), names(DeployFiles.mapAt(action, "inputs")));
        assertEquals(
                new TreeSet<>(List.of("address", "decision", "explanation", "reasons", "release")),
                names(DeployFiles.mapAt(action, "outputs")));
        for (var step : DeployFiles.listAt(action, "runs", "steps")) {
            assertFalse(DeployFiles.at(step, "run").toString().contains("${{"));
        }
    }

    @Test
    void theComponentHasEachOptionAsAnInputAndNoneIsWrittenIntoItsScript() {
        var documents = DeployFiles.documents("ci/gitlab/templates/portcullis-gate.yml");
        assertEquals(
                inputsOfTheHelp("image", "job-name", "job-stage"),
                names(DeployFiles.mapAt(documents.getFirst(), "spec", "inputs")));
        var job = DeployFiles.at(documents.get(1), "$[[ inputs.job-name ]]");
        assertFalse(DeployFiles.at(job, "script").toString().contains("$[["));
        assertEquals(List.of(3), DeployFiles.at(job, "retry", "exit_codes"), "an answer is not asked for again");
        assertFalse(((Map<?, ?>) job).containsKey("allow_failure"), "a stage behind a HOLD must not run by itself");
    }

    @Test
    void theTaskHasEachOptionAsAParameterAndNoneIsWrittenIntoItsScript() {
        var task = DeployFiles.documents("ci/tekton/portcullis-gate.yaml").getFirst();
        var params = DeployFiles.listAt(task, "spec", "params").stream()
                .map(param -> DeployFiles.at(param, "name").toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(inputsOfTheHelp("image"), params);
        assertFalse(
                DeployFiles.at(task, "spec", "steps", 0, "script").toString().contains("$("));
    }

    @Test
    void thePageUsesTheComponentAndTheTaskAsTheyAre() {
        var component =
                DeployFiles.documents("ci/gitlab/templates/portcullis-gate.yml").getFirst();
        var given = DeployFiles.mapAt(DeployFiles.onThePage("component:"), "include", 0, "inputs");
        assertLegal(DeployFiles.mapAt(component, "spec", "inputs"), given);
        var task = DeployFiles.documents("ci/tekton/portcullis-gate.yaml").getFirst();
        var params = DeployFiles.listAt(DeployFiles.onThePage("kind: Pipeline"), "spec", "tasks", 0, "params").stream()
                .collect(Collectors.toMap(
                        param -> DeployFiles.at(param, "name"), param -> DeployFiles.at(param, "value")));
        var declared = DeployFiles.listAt(task, "spec", "params").stream()
                .collect(Collectors.toMap(param -> DeployFiles.at(param, "name"), param -> param));
        assertLegal(declared, params);
        var action = DeployFiles.documents("ci/github/action.yml").getFirst();
        assertLegal(
                DeployFiles.mapAt(action, "inputs"),
                DeployFiles.mapAt(DeployFiles.onThePage("jobs:"), "jobs", "release", "steps", 2, "with"));
    }

    private static void assertLegal(Map<?, ?> declared, Map<?, ?> given) {
        var unknown = new ArrayList<>(given.keySet());
        unknown.removeAll(declared.keySet());
        assertEquals(List.of(), unknown);
        var missing = declared.entrySet().stream()
                .filter(input -> !((Map<?, ?>) input.getValue()).containsKey("default"))
                .map(Map.Entry::getKey)
                .filter(name -> !given.containsKey(name))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void jenkinsTellsTheOutcomesApartAndStopsAtAHold() {
        var pipeline = DeployFiles.text(DeployFiles.DEPLOY.resolve("ci/jenkins/Jenkinsfile"));
        assertTrue(pipeline.contains("skipStagesAfterUnstable()"));
        assertTrue(Pattern.compile(
                        "if \\(code == 2\\) \\{\\s+unstable\\(.*\\)\\s+} else if \\(code != 0\\) \\{\\s+error\\(")
                .matcher(pipeline)
                .find());
    }

    /** A pod that runs as no user of its own can write nowhere but there. */
    @Test
    void theHookOfArgoCdHasAFolderForTemporaryFiles() {
        var pod = DeployFiles.mapAt(
                DeployFiles.documents("ci/argo-cd/pre-sync.yaml").getFirst(), "spec", "template", "spec");
        assertEquals("/tmp", DeployFiles.at(pod, "containers", 0, "volumeMounts", 0, "mountPath"));
        assertEquals(
                DeployFiles.at(pod, "volumes", 0, "name"),
                DeployFiles.at(pod, "containers", 0, "volumeMounts", 0, "name"));
    }
}
