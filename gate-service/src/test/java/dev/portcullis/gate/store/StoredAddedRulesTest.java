package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.release.AddedRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each version stored of added rules is read for ever: {@code stored/<version>}. */
final class StoredAddedRulesTest {
    private static final List<AddedRule> RULES = List.of(
            new AddedRule("question/minimumBake", "{\"minimumBake\":{\"for\":\"1h\"}}"),
            new AddedRule("question/two", "{\"approvals\":{\"count\":2,\"name\":\"two\"}}"));

    @Test
    void whatIsStoredIsReadAsItWasMeant() throws IOException {
        assertEquals(RULES, StoredAddedRules.read(text(2), "7"));
    }

    @Test
    void whatIsWrittenIsTheNewestVersionAndNothingForNone() throws IOException {
        var json = new ObjectMapper();
        assertEquals(
                json.readTree(text(2)),
                json.readTree(StoredAddedRules.write(RULES).orElseThrow()));
        assertEquals(Optional.empty(), StoredAddedRules.write(List.of()));
        assertEquals(List.of(), StoredAddedRules.read(null, "7"));
    }

    private static String text(int version) throws IOException {
        var path = "/stored/" + version + "/added_rules.json";
        try (var file = Objects.requireNonNull(StoredAddedRulesTest.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
