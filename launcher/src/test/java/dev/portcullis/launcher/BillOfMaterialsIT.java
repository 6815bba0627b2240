package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The build's bills of materials (CycloneDX) name what is delivered. Extra, since Maven writes none where it is offline. */
@Tag("extra")
final class BillOfMaterialsIT {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static JsonNode bill(String module) throws IOException {
        return new ObjectMapper()
                .readTree(ROOT.resolve(module + "/target/portcullis-" + module + ".cdx.json")
                        .toFile());
    }

    private static Set<String> jars(JsonNode bill) {
        return StreamSupport.stream(bill.get("components").spliterator(), false)
                .map(BillOfMaterialsIT::jar)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String jar(JsonNode component) {
        var classifier = component.get("purl").asText().replaceAll("^[^?]*\\?|type=jar|&|classifier=", "");
        return component.get("name").asText() + "-" + component.get("version").asText()
                + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    @Test
    void thatOfTheLauncherNamesEachLibraryOfIt() throws IOException {
        try (var files = Files.list(ROOT.resolve("launcher/target/lib"))) {
            var delivered =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(delivered, jars(bill("launcher")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"analysis-service", "gate-service", "rollback-service"})
    void aServiceHasItsOwn(String service) throws IOException {
        var bill = bill(service);
        assertEquals(
                "portcullis-" + service, bill.at("/metadata/component/name").asText());
        assertTrue(jars(bill("launcher")).containsAll(jars(bill)), bill::toString);
        assertTrue(jars(bill).stream().anyMatch(jar -> jar.startsWith("postgresql-")), bill::toString);
    }
}
