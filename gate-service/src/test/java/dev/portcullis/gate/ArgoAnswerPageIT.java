package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/argo-answer.md} against a real answer. */
final class ArgoAnswerPageIT {
    private static final Path PAGE = Path.of("../docs/argo-answer.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Za-z.\\[\\]]+)` \\| ([a-z ]+) \\| \\S.* \\|$", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void everyFieldOfAnAnswerIsOnThePageWithItsTypeAndNoOther() throws IOException {
        GateUnderTest.policy(folder, "checkout", "");
        try (var gate = new GateUnderTest(folder)) {
            var found = new TreeMap<String, String>();
            collect("", gate.poll("c1"), found);
            assertEquals(onThePage(), found);
        }
    }

    private static Map<String, String> onThePage() throws IOException {
        var told = new TreeMap<String, String>();
        ROW.matcher(Files.readString(PAGE)).results().forEach(row -> told.put(row.group(1), row.group(2)));
        return told;
    }

    private static void collect(String path, JsonNode node, Map<String, String> found) {
        if (node.isArray()) {
            node.forEach(element -> collect(path + "[]", element, found));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), found));
        } else {
            found.put(path, type(node));
        }
    }

    private static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> node.isIntegralNumber() ? "whole number" : "number";
            default -> node.getNodeType().toString();
        };
    }
}
