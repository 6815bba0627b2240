package dev.portcullis.kit.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyDescriptionTest {
    private final List<KeyDescription> heard = new ArrayList<>();
    private final Faults faults = new Faults(heard::add);

    @Test
    void everyFormIsHeardWithItsDefaultAndItsRange() {
        YamlMapping spec = spec("{}");
        heard.clear();
        Duration minute = Duration.ofMinutes(1);

        assertEquals("a", spec.text("text", "a"));
        assertEquals(0.5, spec.number("number", 0.5, 0, false, 1, true));
        assertEquals(5, spec.numberOr("measured", "size", 5, 1, true, 10, true));
        assertEquals(2, spec.wholeNumber("count", 2, 1, 9));
        assertEquals(minute, spec.duration("time", minute, Duration.ZERO, Duration.ofHours(1)));
        assertEquals(minute, spec.durationOr("none", "limit", minute, minute, Duration.ofHours(1)));
        assertTrue(spec.flag("flag", true));
        assertEquals("hold", spec.choice("word", "hold", List.of("hold", "abort")));
        spec.durations("times", Duration.ZERO, minute);
        assertEquals(
                List.of(
                        "text|text|a|",
                        "number|number|0.5|above 0, at most 1",
                        "size|number|5|measured, or 1 to 10",
                        "count|whole number|2|1 to 9",
                        "time|duration|1m|0s to 1h",
                        "limit|duration|1m|none, or 1m to 1h",
                        "flag|flag|true|true, false",
                        "word|word|hold|hold, abort",
                        "times|list of durations||0s to 1m"),
                told());
        assertTrue(faults.isEmpty());
    }

    @Test
    void aValueThatIsThereWinsOverTheDefaultAndAWordTakesItsPlace() {
        YamlMapping spec = spec("{count: 7, size: measured, limit: 30s, flag: false, word: abort, number: 9}");

        assertEquals(7, spec.wholeNumber("count", 2, 1, 9));
        assertEquals(5, spec.numberOr("measured", "size", 5, 1, true, 10, true));
        assertEquals(
                Duration.ofSeconds(30),
                spec.durationOr("none", "limit", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)));
        assertEquals("abort", spec.choice("word", "hold", List.of("hold", "abort")));
        assertTrue(faults.isEmpty());
        assertEquals(0.5, spec.number("number", 0.5, 0, false, 1, true));
        assertEquals(
                "policy.yaml:4: spec.number is 9; legal: a number above 0 and of at most 1",
                faults.list().getFirst().toString());
    }

    @Test
    void aRequiredKeyIsHeardAsOneWhetherOrNotItIsThere() {
        YamlMapping spec = spec("{given: a}");
        heard.clear();

        spec.text("given");
        spec.requiredMapping("absent").text("below");
        assertEquals(
                List.of("given|text|required|", "absent|mapping|required|", "absent.below|text|required|"), told());
    }

    @Test
    void placesInAListAndNamesOfTheUsersChoiceAreOneKey() {
        YamlMapping spec = spec("{rules: [{name: a}, {name: b}], weights: {errors: 1, latency: 2}}");
        heard.clear();

        spec.mappings("rules").forEach(rule -> rule.text("name"));
        YamlMapping weights = spec.optionalMapping("weights").named("group");
        weights.keys().forEach(group -> weights.number(group, 0, true, 9, true));
        assertEquals(
                List.of(
                        "rules|list of mappings||",
                        "rules[].name|text|required|",
                        "weights|mapping||",
                        "weights.<group>|number||0 to 9"),
                told());
        assertEquals("spec.weights.errors", weights.path("errors"));
    }

    @Test
    void whatOneAlternativeReadsIsHeardUnderItsNameAndLegalForAll() {
        YamlMapping spec = spec("{target: webhook, url: a}");
        heard.clear();

        spec.only("target: webhook").text("url");
        spec.choice("target", List.of("webhook"));
        spec.rejectUnknown();
        assertEquals("target: webhook", heard.getFirst().variant());
        assertEquals("", heard.getLast().variant());
        assertTrue(heard.stream().allMatch(description -> description.kind().equals("ReleasePolicy")));
        assertTrue(faults.isEmpty());
    }

    @Test
    void aDescriptionIsHeardAndMakesNoKeyLegal() {
        YamlMapping spec = spec("{bake: 5m}");
        heard.clear();

        spec.describe("bake", "as deadline", "less than deadline");
        assertEquals(List.of("bake||as deadline|less than deadline"), told());
        spec.rejectUnknown();
        assertEquals(1, faults.list().size());
    }

    /** What was said about keys, without the mere asking. */
    private List<String> told() {
        return heard.stream()
                .filter(description ->
                        !description.type().isEmpty() || !description.usual().isEmpty())
                .map(description -> description.path().substring("spec.".length()) + "|" + description.type() + "|"
                        + description.usual() + "|" + description.legal())
                .distinct()
                .toList();
    }

    private YamlMapping spec(String content) {
        String head = "apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\nmetadata: {name: a}\nspec: ";
        return ConfigurationDocument.ofText("policy.yaml", head + content + "\n", faults)
                .getFirst()
                .spec();
    }
}
