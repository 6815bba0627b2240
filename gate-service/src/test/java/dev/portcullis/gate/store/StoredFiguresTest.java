package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.kit.document.UnreadableDocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each version stored of a decision's figures is read for ever: {@code stored/<version>}. A form that changes gets a new version, and a new file beside the old ones. */
final class StoredFiguresTest {
    private static final ObjectiveFigures OBJECTIVE = new ObjectiveFigures(
            "checkout-availability",
            new Figures.Arms(1_200, 0),
            new Figures.Arms(12, 0),
            new Figures.Arms(0.99, -1),
            new Figures.Arms(10, -1));
    private static final Figures FIGURES =
            Figures.about("checkout-availability", new Figures.Ratios(1e12, 0.1 + 0.2, 100, 20), List.of(OBJECTIVE));

    @Test
    void whatTheNewestVersionStoredIsReadAsItWasMeant() throws IOException {
        assertEquals(FIGURES, StoredFigures.COLUMN.read(text(2), "7"));
    }

    @Test
    void whatVersion1StoredNamesNoObjective() throws IOException {
        var told = new Figures(FIGURES.successRate(), FIGURES.burnRate(), FIGURES.evidence(), "", List.of());
        assertEquals(told, StoredFigures.COLUMN.read(text(1), "7"));
    }

    @Test
    void whatIsWrittenIsTheNewestVersion() throws IOException {
        var json = new ObjectMapper();
        assertEquals(json.readTree(text(2)), json.readTree(StoredFigures.COLUMN.write(FIGURES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"burnRate", "canary", "failThreshold"})
    void noFieldIsTakenForNothing(String field) throws IOException {
        for (var version : List.of(1, 2)) {
            var text = text(version).replace("\"" + field + "\"", "\"renamed\"");
            var fault = assertThrows(UnreadableDocumentException.class, () -> StoredFigures.COLUMN.read(text, "7"));
            var message = String.valueOf(fault.getMessage());
            assertTrue(message.startsWith("decisions.figures of row 7 cannot be read: field "), message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"pod\": \"a\\u0000b\"}, {\"pod\": \"a\\\\u0000b\"}",
                "{\"pod\": \"\\\\u0000\"}, {\"pod\": \"\\\\u0000\"}",
                "{\"pod\": \"\\\\\\u0000\"}, {\"pod\": \"\\\\\\\\u0000\"}",
                "{\"pod\": \"\\n\\u0001\\\"\"}, {\"pod\": \"\\n\\u0001\\\"\"}"
            })
    void anAnalysisWithNulIsKept(String json, String stored) {
        assertEquals(stored, DecisionRows.storable(json));
    }

    private static String text(int version) throws IOException {
        var path = "/stored/" + version + "/figures.json";
        try (var file = Objects.requireNonNull(StoredFiguresTest.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
