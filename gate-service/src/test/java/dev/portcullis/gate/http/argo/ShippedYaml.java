package dev.portcullis.gate.http.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The objects that {@code deploy/argo-rollouts} ships. */
final class ShippedYaml {
    private static final Path FOLDER = Path.of("..", "deploy", "argo-rollouts");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ShippedYaml() {}

    static List<JsonNode> ofKind(String kind) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (var file : files.sorted().toList()) {
                objects.addAll(all(Files.readString(file)));
            }
        }
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    static List<JsonNode> all(String text) {
        List<JsonNode> objects = new ArrayList<>();
        for (var document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            objects.add(JSON.valueToTree(document));
        }
        return objects;
    }
}
