package dev.portcullis.gate.http;

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

/** The objects that the folders under {@code deploy} ship. */
public final class ShippedYaml {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ShippedYaml() {}

    /** The objects of a kind in all files of a folder, those of folders in it left out. */
    public static List<JsonNode> ofKind(String folder, String kind) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(DEPLOY.resolve(folder))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                objects.addAll(all(Files.readString(file)));
            }
        }
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** All objects of a text. */
    public static List<JsonNode> all(String text) {
        List<JsonNode> objects = new ArrayList<>();
        for (var document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            objects.add(JSON.valueToTree(document));
        }
        return objects;
    }
}
