package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/gate-call.md} against a real gate. */
final class GateCallPageIT {
    private static final Path PAGE = Path.of("../docs/gate-call.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| (`[A-Za-z`, ]+`) \\| (text|true or false|list) \\| \\S.* \\|$", Pattern.MULTILINE);
    private static final String ANSWER = "## The answer";

    private static TreeMap<String, String> rows(String text) {
        var told = new TreeMap<String, String>();
        ROW.matcher(text).results().forEach(row -> Arrays.stream(row.group(1).split(", "))
                .forEach(name -> told.put(name.replace("`", ""), row.group(2))));
        return told;
    }

    private static String type(JsonNode node) {
        return node.isTextual() ? "text" : node.isBoolean() ? "true or false" : node.toString();
    }

    @Test
    void everyFieldOfQuestionAndAnswerIsOnThePageWithItsTypeAndNoOther() throws IOException {
        var page = Files.readString(PAGE);
        try (var gate = GateUnderTest.ofCheckout()) {
            var refusal = GateUnderTest.json(gate.ask("{\"nonsense\":1}"))
                    .path("fault")
                    .textValue();
            var legal = refusal.substring(refusal.indexOf("legal: ") + "legal: ".length());
            var question = rows(page.substring(0, page.indexOf(ANSWER)));
            assertEquals(new TreeSet<>(Arrays.asList(legal.split(", "))), question.keySet());

            var own = new TreeMap<String, String>();
            GateUnderTest.json(gate.ask("{\"service\":\"checkout\",\"canary\":\"c1\",\"stage\":\"canary-1\"}"))
                    .properties()
                    .forEach(field -> own.put(field.getKey(), type(field.getValue())));
            own.keySet().removeAll(new TreeSet<>(argo(gate)));
            assertEquals(own, rows(page.substring(page.indexOf(ANSWER))));
        }
    }

    private static TreeSet<String> argo(GateUnderTest gate) {
        var names = new TreeSet<String>();
        gate.poll("c1").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
