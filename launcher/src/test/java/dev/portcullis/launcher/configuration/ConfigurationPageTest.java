package dev.portcullis.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has every key that a reader asks for, with the default and the range it asks with, and no other. */
final class ConfigurationPageTest {
    @Test
    void everyKeyOfTheReadersIsOnThePageAsTheyReadIt() throws IOException {
        var onPage = byKey(ConfigurationPage.read().keys());
        var wrong = ReaderKeys.of(Examples.all()).lines().stream()
                .filter(line -> !line.equals(onPage.get(line.key())))
                .map(line -> difference(line, onPage))
                .toList();
        if (!wrong.isEmpty()) {
            fail("docs/configuration.md, " + wrong.size() + " lines:\n" + String.join("\n", wrong));
        }
    }

    private static String difference(KeyLine line, Map<String, KeyLine> onPage) {
        var old = onPage.get(line.key());
        return (old == null ? "missing under " : "other defaults or ranges in the code, under ")
                + line.section()
                + (old == null ? ":\n" : ":\n  page " + old.row() + "\n  code ")
                + line.row();
    }

    @Test
    void everyLineOfThePageIsAKeyThatAReaderAsksFor() throws IOException {
        var asked = byKey(ReaderKeys.of(Examples.all()).lines());
        var unknown = ConfigurationPage.read().keys().stream()
                .map(KeyLine::key)
                .filter(key -> !asked.containsKey(key))
                .toList();
        assertEquals(List.of(), unknown, "on docs/configuration.md, but no reader asks for them");
    }

    @Test
    void noLineStandsOnThePageTwice() throws IOException {
        var keys = ConfigurationPage.read().keys().stream().map(KeyLine::key).toList();
        assertEquals(keys.stream().distinct().toList(), keys);
    }

    /** Otherwise the tests above would not see a key that no example leads to. */
    @Test
    void theExamplesLeadToEveryKeyThatTheSourcesOfTheReadersName() throws IOException {
        var reached = ReaderKeys.of(Examples.all()).lines().stream()
                .map(line -> line.path().substring(line.path().lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
        var named = new TreeMap<>(ReaderSources.keys());
        assertTrue(named.size() > 50, named.toString());
        named.keySet().removeAll(reached);
        assertEquals(Map.of(), named, "no example leads to these; write one in src/test/resources/configuration");
    }

    private static Map<String, KeyLine> byKey(List<KeyLine> lines) {
        return lines.stream().collect(Collectors.toMap(KeyLine::key, Function.identity(), (one, other) -> one));
    }
}
