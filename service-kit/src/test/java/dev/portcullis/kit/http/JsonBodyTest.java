package dev.portcullis.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonBodyTest {
    private static final String OBJECT =
            "{\"service\": \"checkout\", \"canary\": [1, 2.5e3, true, null, {\"a\": \"ä\\u00e4\"}]}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String fault(byte[] body) {
        return assertThrows(JsonBody.UnreadableException.class, () -> JsonBody.object(body))
                .fault();
    }

    @Test
    void anObjectIsReadInAnyUnicodeWithWhiteSpaceAroundIt() throws Exception {
        for (var charset : new String[] {"UTF-8", "UTF-16", "UTF-16LE", "UTF-32"}) {
            var read = JsonBody.object(("\n " + OBJECT + " \r\n\t").getBytes(charset));
            assertEquals("checkout", read.path("service").textValue(), charset);
        }
    }

    private static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("", "is missing; a JSON object is expected"),
                Arguments.of("  \n", "is missing; a JSON object is expected"),
                Arguments.of("null", "is null; a JSON object is expected"),
                Arguments.of("[]", "is an array; a JSON object is expected"),
                Arguments.of("12", "is a number; a JSON object is expected"),
                Arguments.of("\"a\"", "is text; a JSON object is expected"),
                Arguments.of("{\"a\":1}{\"b\":2}", "has text after the JSON object at line 1 column 8"),
                Arguments.of("{\"a\":1}\n\n  {\"b\":2}", "has text after the JSON object at line 3 column 3"),
                Arguments.of("{\n\"a\":1} x", "has text after the JSON object at line 2 column 8"),
                Arguments.of("{\"a\":1},", "has text after the JSON object at line 1 column 8"),
                Arguments.of("{\"a\":1}\r\n@", "has text after the JSON object at line 2 column 1"),
                Arguments.of("{}]", "has text after the JSON object at line 1 column 3"),
                Arguments.of("{} \u0000", "has text after the JSON object at line 1 column 4"),
                Arguments.of("{\"a\":1,\"a\":2}", "is not JSON at line 1 column 11: Duplicate field 'a'"),
                Arguments.of("{\"a\":NaN}", "is not JSON at line 1 column 9: Non-standard token 'NaN'"),
                Arguments.of(
                        "{\"a\":" + "9".repeat(5000) + "}",
                        "is not JSON: Number value length (5000) exceeds the maximum allowed (1000)"),
                Arguments.of(
                        "{\"a\":".repeat(2000),
                        "is not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsNoObjectIsToldInWordsForWhoeverWroteIt(String body, String fault) {
        assertEquals(fault, fault(bytes(body)));
    }

    @Test
    void textAfterAnObjectInUtf16IsToldWithoutAPlace() {
        assertEquals("has text after the JSON object", fault("{} x".getBytes(StandardCharsets.UTF_16)));
    }

    /** Bodies of an object with bytes taken out, doubled, or put in the place of others. */
    @Test
    void noFaultNamesTheLibraryThatReads() {
        var random = new Random(20_261_130);
        var unreadable = 0;
        for (int round = 0; round < 20_000; round++) {
            var fault = faultOf(damaged(random));
            if (fault.isPresent()) {
                unreadable++;
                var text = fault.get();
                assertFalse(
                        Stream.of("`", "Feature", "jackson", "java.", "StreamRead", "JsonNode", "Exception", "\n")
                                .anyMatch(text::contains),
                        text);
            }
        }
        assertTrue(unreadable > 10_000, "most are no JSON: " + unreadable);
    }

    private static Optional<String> faultOf(byte[] body) {
        try {
            JsonBody.object(body);
            return Optional.empty();
        } catch (JsonBody.UnreadableException e) {
            return Optional.of(e.fault());
        }
    }

    private static byte[] damaged(Random random) {
        var body = bytes(OBJECT);
        for (int i = random.nextInt(3); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? body : Arrays.copyOf(body, random.nextInt(body.length));
    }
}
