package dev.portcullis.kit.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class YamlOutputTest {
    @Test
    void mappingsAndListsStandInTheirOrderAndTextsInQuotes() {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("record", "a:b");
        rule.put("labels", Map.of("service", "check'out"));
        assertEquals("""
                groups:
                  - record: 'a:b'
                    labels:
                      service: 'check''out'
                none: []
                """, YamlOutput.of(ordered("groups", List.of(rule), "none", List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on",
                "012",
                "1e3",
                "",
                " ",
                "# no comment",
                "a: b",
                "- a",
                "{{ $value }}",
                "'",
                "\"",
                "\\",
                "line\nbreak",
                "tab\t",
                "\u0007",
                "é",
                "\u2028",
                "&a",
                "*a",
                "!t",
                "%",
                "@",
                "`",
                "null"
            })
    void everyTextIsReadBackAsItIs(String text) {
        var content = ordered(text.isEmpty() ? "empty" : text, List.of(text), "z", text);
        assertEquals(content, new Load(LoadSettings.builder().build()).loadFromString(YamlOutput.of(content)));
    }

    @Test
    void aWordThatOlderYamlTakesForTrueIsQuotedAsAKeyToo() {
        assertEquals("'on': 'off'\n", YamlOutput.of(Map.of("on", "off")));
    }

    @Test
    void aLongTextStaysOnItsLine() {
        var text = "sum(rate(a[5m])) / ".repeat(200);
        assertEquals("expr: '" + text + "'\n", YamlOutput.of(Map.of("expr", text)));
    }

    @Test
    void theSameListTwiceIsWrittenTwice() {
        var list = List.of("a");
        assertEquals("one:\n  - 'a'\ntwo:\n  - 'a'\n", YamlOutput.of(ordered("one", list, "two", list)));
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> YamlOutput.of(Map.of("a", 1)));
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        var content = new LinkedHashMap<String, Object>();
        content.put(first, one);
        content.put(second, two);
        return content;
    }
}
