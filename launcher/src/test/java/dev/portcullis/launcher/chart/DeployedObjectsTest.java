package dev.portcullis.launcher.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every object of deploy that stands there as it is applied has only fields that its kind has. */
final class DeployedObjectsTest {
    private static Stream<Path> files() throws IOException {
        try (var files = Files.walk(RenderedChart.DEPLOY)) {
            return files
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .filter(file -> !file.startsWith(RenderedChart.CHART))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static List<JsonNode> objects(Path file) {
        try {
            return RenderedChart.documents(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean hasModel(JsonNode object) {
        return StrictModel.of(
                        object.path("apiVersion").asText(), object.path("kind").asText())
                .isPresent();
    }

    @Test
    void everyObjectOfAKindWithAModelIsReadStrictly() throws IOException {
        var read = new TreeSet<String>();
        var faults = files().flatMap(file -> objects(file).stream())
                .filter(DeployedObjectsTest::hasModel)
                .peek(object -> read.add(object.path("kind").asText()))
                .flatMap(object -> StrictModel.fault(object).stream())
                .toList();
        assertEquals(List.of(), faults);
        assertTrue(read.containsAll(List.of("Role", "RoleBinding", "ServiceAccount")), read::toString);
    }

    @Test
    void aFieldThatAKindDoesNotHaveIsAFault() throws IOException {
        var role = (ObjectNode)
                objects(RenderedChart.DEPLOY.resolve("rbac/istio.yaml")).getFirst();
        assertEquals(Optional.empty(), StrictModel.fault(role));
        ((ObjectNode) role.at("/rules/0")).put("verb", "get");
        assertTrue(StrictModel.fault(role).orElse("").contains("\"verb\""), role::toString);
    }
}
