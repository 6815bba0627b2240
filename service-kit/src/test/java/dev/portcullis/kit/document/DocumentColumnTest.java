package dev.portcullis.kit.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentColumnTest {
    private enum Colour {
        RED
    }

    private record Form(
            double number,
            int count,
            String name,
            boolean flag,
            Colour colour,
            Optional<String> note,
            OptionalDouble limit,
            List<Double> parts,
            Map<String, List<String>> names,
            Optional<Instant> time,
            Optional<Duration> length) {}

    private static final DocumentColumn<Form> COLUMN =
            DocumentColumn.of("shop.form", 3, Form.class, Function.identity(), Function.identity());

    private static final String GIVEN = """
            {"number": 0.5, "count": 1, "name": "n", "flag": true, "colour": "RED", "note": null, "limit": null,
             "parts": [1.5], "names": {}, "time": null, "length": null}""";

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.1,
                0.30000000000000004,
                1e300,
                4.9E-324,
                9007199254740993.0,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void anyNumberComesBackExactly(double number) {
        var form = form(number, "n");
        assertEquals(form, COLUMN.read(COLUMN.write(form), "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\\", "\\\\", "\\u0000", "\0", "\ud800", "x\udfff", "\ud83d\ude00", "\u001b\r\n", "é\""})
    void anyTextComesBackAsItWas(String text) {
        var form = form(1, text);
        assertEquals(form, COLUMN.read(COLUMN.write(form), "7"));
    }

    @Test
    void noTextHasWhatTheDatabaseCannotHold() {
        assertEquals("""
                {"version":3,"document":{"number":1.0,"count":2,"name":"\\\\\\\\u\\\\u0000\\\\ud800","flag":true,"colour":"RED",\
                "note":"\\\\\\\\u\\\\u0000\\\\ud800","limit":1.0,"parts":[1.0],"names":{"\\\\\\\\u\\\\u0000\\\\ud800":["\\\\\\\\u\\\\u0000\\\\ud800"]},\
                "time":"1970-01-01T00:00:01Z","length":"PT1.5S"}}""", COLUMN.write(form(1, "\\u\0\ud800")));
    }

    @Test
    void aDocumentWithoutVersionIsOfVersion1AndItsTextsAreTakenAsTheyAre() {
        var form = COLUMN.read(GIVEN.replace("\"n\"", "\"\\\\u0000\""), "7");
        assertEquals("\\u0000", form.name());
        assertEquals(Optional.empty(), form.note());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"number\": 0.5 | \"numbers\": 0.5 | field number is missing",
                "\"number\": 0.5 | \"number\": 0.5, \"more\": 1 | field more is unknown",
                "\"number\": 0.5, | '' | field number is missing",
                "\"number\": 0.5 | \"number\": null | field number",
                "\"number\": 0.5 | \"number\": \"0.5\" | field number is at fault",
                "\"number\": 0.5 | \"number\": \"\" | field number is at fault",
                "\"count\": 1 | \"count\": 1.5 | field count is at fault",
                "\"count\": 1 | \"count\": 3000000000 | field count is at fault",
                "\"name\": \"n\" | \"name\": 7 | field name is at fault",
                "\"name\": \"n\" | \"name\": null | field name is null",
                "\"flag\": true | \"flag\": 1 | field flag is at fault",
                "\"colour\": \"RED\" | \"colour\": \"BLUE\" | field colour is at fault",
                "\"colour\": \"RED\" | \"colour\": 0 | field colour is at fault",
                "\"note\": null, | '' | field note is missing",
                "\"limit\": null, | '' | field limit is missing",
                "\"parts\": [1.5] | \"parts\": [\"\"] | field parts.[0] is at fault",
                "\"parts\": [1.5] | \"parts\": null | field parts is null",
                "\"names\": {} | \"names\": {\"a\": 1} | field names.a is at fault",
                "\"time\": null | \"time\": \"noon\" | field time is at fault",
            })
    void whatIsNotOfTheFormIsNamed(String part, String other, String told) {
        var fault =
                assertThrows(UnreadableDocumentException.class, () -> COLUMN.read(GIVEN.replace(part, other), "row 7"));
        var message = String.valueOf(fault.getMessage());
        assertTrue(message.startsWith("shop.form of row row 7 cannot be read: " + told), message);
        assertEquals(false, fault.newer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "3000000000", "3.5"})
    void aNewerVersionIsToldApart(String version) {
        var fault = assertThrows(
                UnreadableDocumentException.class,
                () -> COLUMN.read("{\"version\": " + version + ", \"form\": {}}", "7"));
        assertEquals(
                "shop.form of row 7 is of version " + version
                        + ", and this process reads up to 3: a newer version of the service wrote it",
                fault.getMessage());
        assertEquals(true, fault.newer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": 1, \"document\": {}}",
                "{\"version\": 2.5, \"document\": {}}",
                "{\"version\": 2}",
                "{\"version\": 2, \"document\": {}, \"more\": 1}",
                "{\"version\": 2, \"document\": null}",
                "null",
                "[]",
                "{"
            })
    void whatIsNoDocumentIsRefused(String text) {
        var fault = assertThrows(UnreadableDocumentException.class, () -> COLUMN.read(text, "7"));
        assertEquals(false, fault.newer());
    }

    @Test
    void aBackslashThatNobodyWroteIsRefused() {
        var text = "{\"version\": 2, \"document\": " + GIVEN.replace("\"n\"", "\"C:\\\\temp\"") + "}";
        assertThrows(UnreadableDocumentException.class, () -> COLUMN.read(text, "7"));
    }

    private static Form form(double number, String text) {
        return new Form(
                number,
                2,
                text,
                true,
                Colour.RED,
                Optional.of(text),
                OptionalDouble.of(number),
                List.of(number),
                Map.of(text, List.of(text)),
                Optional.of(Instant.ofEpochSecond(1)),
                Optional.of(Duration.ofMillis(1500)));
    }
}
