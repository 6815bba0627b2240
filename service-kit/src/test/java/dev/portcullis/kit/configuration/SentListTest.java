package dev.portcullis.kit.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that a caller has sent in the form of a part of a configuration file. */
final class SentListTest {
    private final Faults faults = new Faults();

    private YamlMapping read(String text) {
        return YamlMapping.ofSentList("rules", text, faults).orElseThrow(() -> new AssertionError(faults.list()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"bake\":{\"for\":\"1h\",\"most\":2,\"tried\":true}}]",
                "- bake:\n    most: 2\n    tried: True\n    for: 1h\n",
                "---\n[{bake: {tried: true, for: '1h', most: 2}}] # as above",
            })
    void theSameSaidInAnotherWayIsTheSameText(String text) {
        var item = read(text).mappings("rules").getFirst();

        assertEquals("{\"bake\":{\"for\":\"1h\",\"most\":2,\"tried\":true}}", item.json());
        var settings = item.requiredMapping("bake");
        assertEquals("rules[0].bake.for", settings.path("for"));
        assertEquals(Duration.ofHours(1), settings.requiredDuration("for", Duration.ZERO, Duration.ofDays(1)));
        assertTrue(faults.isEmpty(), faults.list().toString());
    }

    @Test
    void whatJsonHasNoNumbersForIsText() {
        var item =
                read("- {by: [0x1F, .inf, 1.50, null, 1e3]}").mappings("rules").getFirst();

        assertEquals("{\"by\":[\"0x1F\",\".inf\",1.50,null,1E+3]}", item.json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                   | rules is a mapping; legal: a list",
                "null                 | rules is empty; legal: a list",
                "rules                | rules is 'rules'; legal: a list",
                "``                   | rules is 0 documents; legal: a list",
                "`[]\n---\n[]`        | rules is 2 documents; legal: a list",
                "`- a: {}\nundecided: promote` | not YAML: ",
                "[{\"a\":1,\"a\":2}]  | duplicate key 'a', first in line 1; keep one",
                "[!!java.net.URL [x]] | tag 'tag:yaml.org,2002:java.net.URL' is not supported; remove the tag",
                "[&a [*a]]            | an alias leads back to the value it stands in; write the value out",
                "[\"\u0007\"]         | not YAML: ",
            })
    void anythingElseIsAFault(String text, String fault) {
        assertTrue(YamlMapping.ofSentList("rules", text, faults).isEmpty());
        assertTrue(
                faults.list().getFirst().message().startsWith(fault),
                faults.list().toString());
    }

    @Test
    void whatIsNestedTooDeepIsAFault() {
        assertTrue(YamlMapping.ofSentList("rules", "[".repeat(10_000) + "]".repeat(10_000), faults)
                .isEmpty());
        assertTrue(
                faults.list().getFirst().message().contains("more than 64 lists and mappings"),
                faults.list().toString());
    }

    @Test
    void aliasesMayNotMultiplyIt() {
        var text = new StringBuilder("- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 6; i++) {
            text.append("- &a%d [%s]\n".formatted(i, "*a%d, ".formatted(i - 1).repeat(10)));
        }

        assertTrue(YamlMapping.ofSentList("rules", text.toString(), faults).isEmpty());
        assertTrue(
                faults.list().getFirst().message().startsWith("aliases multiply this document to more than 10000"),
                faults.list().toString());
    }
}
