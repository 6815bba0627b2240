package dev.portcullis.launcher.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The objects that Helm makes of the chart with some values.
 *
 * @param name of the values
 */
record RenderedChart(String name, List<JsonNode> objects) {
    static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
    static final Path CHART = DEPLOY.resolve("helm/portcullis");
    static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final Path VALUES = Path.of("src/test/resources/chart");
    private static final long LIMIT_SECONDS = 120;
    /** The least one that the chart says it runs on. */
    private static final String KUBERNETES = "1.30.0";

    /** What a program printed, and how it ended. */
    record Run(int status, String output, String errors) {}

    /** The files of values that the chart is tried with. */
    static Stream<Path> values() {
        try (var files = Files.list(VALUES)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<RenderedChart> all() {
        return values().map(RenderedChart::of).toList();
    }

    static RenderedChart of(Path values) {
        var run = helm(
                "template",
                "portcullis",
                CHART.toString(),
                "--namespace",
                "portcullis",
                "--kube-version",
                KUBERNETES,
                "--values",
                values.toString());
        assertEquals(0, run.status(), run::errors);
        return new RenderedChart(values.getFileName().toString(), documents(run.output()));
    }

    /** Runs helm with these arguments. */
    static Run helm(String... arguments) {
        var command = new ArrayList<>(List.of("helm"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    static Run run(List<String> command) {
        try {
            var errors = Files.createTempFile("program", ".err");
            var program =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            program.getOutputStream().close();
            var output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), command::toString);
            var told = Files.readString(errors);
            Files.delete(errors);
            return new Run(program.exitValue(), output, told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Each document of a text of YAML that is an object, read as strictly as Kubernetes does: a key twice is a fault. */
    static List<JsonNode> documents(String yaml) {
        var load = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
        List<JsonNode> documents = new ArrayList<>();
        for (var document : load.loadAllFromString(yaml)) {
            if (document instanceof Map<?, ?>) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    /** The pods of the Deployments. */
    Stream<JsonNode> podTemplates() {
        return ofKind("Deployment").map(deployment -> deployment.at("/spec/template"));
    }

    static Stream<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements.stream();
    }

    /** Whether a pod has the labels that a selector wants. */
    static boolean selects(JsonNode matchLabels, JsonNode pod) {
        return matchLabels.properties().stream()
                .allMatch(
                        label -> pod.at("/metadata/labels").path(label.getKey()).equals(label.getValue()));
    }

    @Override
    public String toString() {
        return name;
    }
}
