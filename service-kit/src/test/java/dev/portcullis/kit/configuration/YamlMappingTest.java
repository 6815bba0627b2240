package dev.portcullis.kit.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlMappingTest {
    @TempDir
    Path folder;

    private final Faults faults = new Faults();

    @Test
    void legalValuesAreReadAsTheyAreMeant() throws IOException {
        YamlMapping spec = spec(
                "text: checkout", "quoted: '42'", "ratio: 1e-3", "count: 7", "flag: true", "word: hold", "numbered: 2");

        assertEquals("checkout", spec.text("text"));
        assertEquals(Optional.of("42"), spec.optionalText("quoted"));
        assertEquals(OptionalDouble.of(0.001), spec.number("ratio", 0, false, 1, false));
        assertEquals(OptionalInt.of(7), spec.wholeNumber("count", 1, 7));
        assertEquals(Optional.of(true), spec.flag("flag"));
        assertEquals(Optional.of("hold"), spec.choice("word", List.of("hold", "abort")));
        assertEquals(Optional.of("2"), spec.choice("numbered", List.of("1", "2")));
        assertNoFaults();
    }

    @Test
    void whatItSaysIsYamlAgainWithoutComments() throws IOException {
        YamlMapping spec = spec("text: checkout # said", "list: [a, 'on', 10m]", "map: {b: 1e-3, a: true}");
        assertEquals("text: checkout\nlist: [a, 'on', 10m]\nmap: {b: 1e-3, a: true}\n", spec.yaml());
    }

    @Test
    void durationsTakeEveryUnitAndBothBounds() throws IOException {
        YamlMapping spec = spec("a: 500ms", "b: 1h30m", "c: 30d", "d: 4w", "e: 0s");
        Duration longest = Duration.ofDays(30);

        assertEquals(Optional.of(Duration.ofMillis(500)), spec.duration("a", Duration.ofMillis(500), longest));
        assertEquals(Optional.of(Duration.ofMinutes(90)), spec.duration("b", Duration.ZERO, longest));
        assertEquals(Optional.of(longest), spec.duration("c", Duration.ZERO, longest));
        assertEquals(Optional.of(Duration.ofDays(28)), spec.duration("d", Duration.ZERO, longest));
        assertEquals(Optional.of(Duration.ZERO), spec.duration("e", Duration.ZERO, longest));
        assertNoFaults();
    }

    @Test
    void aListOfDurationsNamesTheItemAtFault() throws IOException {
        YamlMapping spec = spec("times: [1m, 1h30m]", "wrong: [1m, soon, 2d]", "word: 1m");
        Duration longest = Duration.ofDays(1);

        List<Duration> times = spec.durations("times", Duration.ZERO, longest);
        assertEquals(List.of(Duration.ofMinutes(1), Duration.ofMinutes(90)), times);
        assertEquals(List.of(), spec.durations("absent", Duration.ZERO, longest));
        assertNoFaults();
        assertEquals(List.of(Duration.ofMinutes(1)), spec.durations("wrong", Duration.ZERO, longest));
        assertEquals(List.of(), spec.durations("word", Duration.ZERO, longest));
        assertEquals(
                List.of(
                        "a.yaml:6: spec.wrong[1] is 'soon'; legal: a duration from 0s to 1d",
                        "a.yaml:6: spec.wrong[2] is '2d'; legal: a duration from 0s to 1d",
                        "a.yaml:7: spec.word is '1m'; legal: a list of durations"),
                faults.list().stream().map(Fault::toString).toList());
    }

    @Test
    void aMappingThatMayBeMissingIsEmptyThen() throws IOException {
        YamlMapping spec = spec("given: {a: 1}", "wrong: 1");

        assertTrue(spec.optionalMapping("given").has("a"));
        assertFalse(spec.optionalMapping("absent").has("a"));
        assertEquals("spec.absent.a", spec.optionalMapping("absent").path("a"));
        assertNoFaults();
        assertFalse(spec.optionalMapping("wrong").has("a"));
        assertEquals(1, faults.list().size());
    }

    @Test
    void boundsAreLegalOnlyWhenInclusive() throws IOException {
        YamlMapping spec = spec("zero: 0", "one: 1.0");

        assertEquals(OptionalDouble.of(0), spec.number("zero", 0, true, 1, false));
        assertEquals(OptionalDouble.of(1), spec.number("one", 0, true, 1, true));
        assertNoFaults();
        assertEquals(OptionalDouble.empty(), spec.number("zero", 0, false, Double.POSITIVE_INFINITY, false));
        assertEquals(OptionalDouble.empty(), spec.number("one", Double.NEGATIVE_INFINITY, true, 0.5, true));
        assertEquals(
                List.of(
                        "a.yaml:5: spec.zero is 0; legal: a number above 0",
                        "a.yaml:6: spec.one is 1.0; legal: a number of at most 0.5"),
                texts());
    }

    @Test
    void absentKeysAreNoFaultWhenOptional() throws IOException {
        YamlMapping spec = spec("present: 1");

        assertEquals(Optional.empty(), spec.optionalText("text"));
        assertEquals(OptionalDouble.empty(), spec.number("number", 0, true, 1, true));
        assertEquals(Optional.empty(), spec.duration("duration", Duration.ZERO, Duration.ZERO));
        assertEquals(Optional.empty(), spec.mapping("mapping"));
        assertEquals(List.of(), spec.mappings("mappings"));
        assertEquals(List.of(), spec.texts("texts"));
        assertEquals(Map.of(), spec.textMap("map"));
        assertFalse(spec.has("text"));
        assertTrue(spec.has("present"));
        assertNoFaults();
    }

    @Test
    void aKeyThatMayHoldAWordOrAMappingTellsWhichItHolds() throws IOException {
        YamlMapping spec = spec("word: istio", "mapping: {name: istio}");

        assertFalse(spec.isMapping("word"));
        assertTrue(spec.isMapping("mapping"));
        assertFalse(spec.isMapping("absent"));
        spec.rejectUnknown();
        assertNoFaults();
    }

    @Test
    void listsAndMapsKeepWordsAsWritten() throws IOException {
        YamlMapping spec = spec("texts: [a, 1.10, true]", "map: {version: 1.10, team: shop}");

        assertEquals(List.of("a", "1.10", "true"), spec.texts("texts"));
        assertEquals(Map.of("version", "1.10", "team", "shop"), spec.textMap("map"));
        assertEquals(List.of("version", "team"), List.copyOf(spec.textMap("map").keySet()));
        assertNoFaults();
    }

    @Test
    void childrenKnowTheirPlaceAndRememberWhatWasAskedOfThem() throws IOException {
        YamlMapping spec = spec("rules:", "  - name: first", "  - name: second", "    wait: 5m");

        YamlMapping second = spec.mappings("rules").get(1);
        assertEquals("second", second.text("name"));
        assertEquals("spec.rules[1].wait", second.path("wait"));
        assertEquals(7, second.line());
        assertEquals(8, second.line("wait"));
        assertEquals(7, second.line("absent"));
        spec.mappings("rules").get(1).rejectUnknown();
        assertEquals(List.of("a.yaml:8: unknown key 'wait' in spec.rules[1]; legal: name"), texts());
    }

    @Test
    void whatAnAliasRepeatsIsReportedWhereItIsWritten() throws IOException {
        YamlMapping spec = spec("first: &shared", "  poll: never", "second: *shared");

        YamlMapping second = spec.requiredMapping("second");
        second.duration("poll", Duration.ZERO, Duration.ofHours(1));
        assertEquals(7, second.line());
        assertEquals(
                List.of("a.yaml:6: spec.second.poll is 'never'; legal: a duration from 0s to 1h, as 500ms, 15s, 1h30m"
                        + " or 30d"),
                texts());
    }

    @Test
    void aMissingMappingIsOneFaultAndNotAlsoThoseOfItsKeys() throws IOException {
        YamlMapping spec = spec("other: 1");

        assertEquals("", spec.requiredMapping("target").text("name"));
        assertEquals(List.of("a.yaml:4: spec.target is missing; legal: a mapping"), texts());
    }

    @Test
    void aFaultOfTheCallersStandsAtItsKey() throws IOException {
        YamlMapping spec = spec("slo: gone");

        spec.fault("slo", "SLO 'gone' is not declared");
        spec.fault("slo", "SLO 'gone' is not declared");
        assertEquals(List.of("a.yaml:5: SLO 'gone' is not declared"), texts());
    }

    @Test
    void onlyNearWordsAreSuggested() throws IOException {
        YamlMapping spec = spec("SERVICE: a", "servcie: b", "sevices: c", "of: d", "gateway: e");
        spec.leaveAlone("service", "gate", "to");

        spec.rejectUnknown();
        String legal = "; legal: service, gate, to";
        assertEquals(
                List.of(
                        "a.yaml:5: unknown key 'SERVICE' in spec (did you mean 'service'?)" + legal,
                        "a.yaml:6: unknown key 'servcie' in spec (did you mean 'service'?)" + legal,
                        "a.yaml:7: unknown key 'sevices' in spec (did you mean 'service'?)" + legal,
                        "a.yaml:8: unknown key 'of' in spec" + legal,
                        "a.yaml:9: unknown key 'gateway' in spec" + legal),
                texts());
    }

    @Test
    void wordsTooManyToListAreDescribed() throws IOException {
        YamlMapping spec = spec("zone: Europe/Berln", "right: UTC");
        List<String> zones = List.of("UTC", "Europe/Berlin");

        assertEquals(Optional.empty(), spec.choice("zone", zones, "the name of a time zone"));
        assertEquals(Optional.of("UTC"), spec.choice("right", zones, "the name of a time zone"));
        assertEquals(1, faults.list().size());
        assertTrue(
                faults.list()
                        .getFirst()
                        .message()
                        .endsWith(
                                "zone is 'Europe/Berln' (did you mean 'Europe/Berlin'?); legal: the name of a time zone"),
                faults.list()::toString);
    }

    @Test
    void aWordIsAskedForAsItIsWrittenWithoutAFault() throws IOException {
        YamlMapping spec = spec("text: 30d", "number: 30", "list: []", "empty:");

        assertEquals(Optional.of("30d"), spec.written("text"));
        assertEquals(Optional.of("30"), spec.written("number"));
        for (String none : List.of("list", "empty", "absent")) {
            assertEquals(Optional.empty(), spec.written(none));
        }
        assertNoFaults();
    }

    @Test
    void aValueOfManyLinesStaysOneLineInItsFault() throws IOException {
        YamlMapping spec = spec("word: |", "  hold", "  2030-01-01 INFO forged");

        spec.choice("word", List.of("hold"));
        assertEquals(List.of("a.yaml:5: spec.word is 'hold 2030-01-01 INFO forged '; legal: hold"), texts());
    }

    /** The lines are the file's from the fifth on. */
    private YamlMapping spec(String... lines) throws IOException {
        String head = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ";
        Files.writeString(folder.resolve("a.yaml"), head + String.join("\n  ", lines) + "\n");
        return new ConfigurationFolder(folder).read(faults).getFirst().spec();
    }

    private void assertNoFaults() {
        assertEquals(List.of(), texts());
    }

    private List<String> texts() {
        return faults.list().stream().map(Fault::toString).toList();
    }
}
