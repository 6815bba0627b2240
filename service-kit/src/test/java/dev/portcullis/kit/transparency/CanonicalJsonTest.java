package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The samples are those of RFC 8785, without what is not written here. */
final class CanonicalJsonTest {
    private static String json(Map<String, ?> object) {
        return new String(CanonicalJson.of(object), StandardCharsets.UTF_8);
    }

    @Test
    void keysStandInTheOrderOfTheirUnits() {
        var object = new LinkedHashMap<String, Object>();
        object.put("\u20ac", "Euro Sign");
        object.put("\r", "Carriage Return");
        object.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        object.put("1", "One");
        object.put("\ud83d\ude00", "Emoji: Grinning Face");
        object.put("\u0080", "Control");
        object.put("\u00f6", "Latin Small Letter O With Diaeresis");
        assertEquals(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
                json(object));
    }

    @Test
    void textsHaveTheShortestEscapes() {
        assertEquals(
                "{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                json(Map.of("string", "\u20ac$\u000f\nA'B\"\\\\\"/")));
    }

    @Test
    void whatIsNestedIsCanonicalToo() {
        assertEquals(
                "{\"a\":[{\"b\":true,\"c\":false},[],{}],\"n\":-9007199254740991}",
                json(Map.of(
                        "n",
                        -9_007_199_254_740_991L,
                        "a",
                        List.of(Map.of("c", false, "b", true), List.of(), Map.of()))));
    }

    @Test
    void whatHasNoCanonicalFormHereIsRefused() {
        for (var value : List.of(1.5, 9_007_199_254_740_992L, "\ud83d", List.of(0.1))) {
            assertThrows(IllegalArgumentException.class, () -> CanonicalJson.of(Map.of("a", value)));
        }
    }
}
