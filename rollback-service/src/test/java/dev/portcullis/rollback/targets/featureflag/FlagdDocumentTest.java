package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlagdDocumentTest {
    private static final String WHERE = "file /f";
    private static final String DOCUMENT = """
            {
              "$schema": "https://flagd.dev/schema/v0/flags.json",
              "metadata": {"version": 1.0e3, "scope": "münchen \\u00fc \\ud83d\\ude00 😀"},
              "flags": {
                "old" : {"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"},
                "new-checkout": {
                  "defaultVariant" :  "on" ,
                  "variants": {"on": 1.50, "off": 0.00},
                  "targeting": {"if": [{"in": ["@example.com", {"var": "email"}]}, "on", null]},
                  "state"\t:\t"ENABLED"
                }
              },
              "$evaluators": {"new-checkout": {"state": "ENABLED"}}
            }
            """;

    private static FlagdDocument read(String text, String variant) throws FlagFault {
        return FlagdDocument.read(
                text, WHERE, "new-checkout", Optional.of(variant).filter(name -> !name.isEmpty()));
    }

    @Test
    void aFlagIsDisabledAndEveryOtherCharacterStays() throws FlagFault {
        var document = read(DOCUMENT, "");
        var expected = DOCUMENT.replace("\"state\"\t:\t\"ENABLED\"", "\"state\"\t:\t\"DISABLED\"");
        assertEquals(expected, document.switchedOff());
        assertEquals("ENABLED, default variant on, with targeting", document.text());
        assertEquals("state was ENABLED", document.before());
        assertEquals("DISABLED", read(expected, "").text());
    }

    @Test
    void everybodyGetsOneVariantAndEveryOtherCharacterStays() throws FlagFault {
        var document = read(DOCUMENT, "off");
        var expected = DOCUMENT.replace("\"defaultVariant\" :  \"on\" ", "\"defaultVariant\" :  \"off\" ")
                .replaceFirst("\"targeting\": .*", "\"targeting\": {},");
        assertEquals(expected, document.switchedOff());
        assertEquals("users get variant off, 0.0", document.offValue());
        assertEquals(
                "defaultVariant was \"on\", targeting was"
                        + " {\"if\":[{\"in\":[\"@example.com\",{\"var\":\"email\"}]},\"on\",null]}",
                document.before());
        assertEquals(
                "ENABLED, default variant off, no targeting",
                read(expected, "off").text());
    }

    @Test
    void aLargeDocumentIsChangedAtTheRightPlaces() throws FlagFault {
        var filler = "\\u00e4ö😀,{}".repeat(20_000);
        var users = "\"user@example.com\", ".repeat(10_000) + "\"\"";
        var text = """
                {"$comment": "%s", "flags": {"old": {"state": "ENABLED", "metadata": {"x": "%s"}},
                 "new-checkout": {"variants": {"on": "%s", "off": ""}, "targeting": {"in": [%s]}, "defaultVariant": "on",
                 "state": "ENABLED"}, "other": {"state": "ENABLED", "targeting": {"in": [%s]}}}}
                """.formatted(filler, filler, filler, users, users);
        assertEquals(
                text.replace("\n \"state\": \"ENABLED\"", "\n \"state\": \"DISABLED\""),
                read(text, "").switchedOff());
        var expected = text.replaceFirst("\"targeting\": \\{\"in\": \\[[^\\]]*\\]\\}", "\"targeting\": {}")
                .replace("\"defaultVariant\": \"on\"", "\"defaultVariant\": \"off\"");
        assertEquals(expected, read(text, "off").switchedOff());
    }

    @ParameterizedTest(name = "{0}, wanted {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'state':'ENABLED','variants':{'on':1,'off':0},'defaultVariant':'on' | '' | false",
                "'state':'DISABLED','variants':{'on':1,'off':0},'defaultVariant':'on' | '' | true",
                "'state':'ENABLED','variants':{'on':1,'off':0},'defaultVariant':'off' | '' | false",
                "'state':'ENABLED','variants':{'on':1,'off':0},'defaultVariant':'off' | off | true",
                "'state':'ENABLED','variants':{'on':1,'off':0},'defaultVariant':'off','targeting':{} | off | true",
                "'state':'ENABLED','variants':{'on':1,'off':0},'defaultVariant':'off','targeting':null | off | true",
                "'state':'ENABLED','variants':{'on':1,'off':0},'defaultVariant':'off','targeting':{'if':[]} | off | false",
                "'state':'ENABLED','variants':{'on':1,'off':0},'defaultVariant':null | off | false",
                "'state':'ENABLED','variants':{'on':1,'off':0} | off | false",
                "'state':'DISABLED','variants':{'on':1,'off':0},'defaultVariant':'on' | off | true",
            })
    void aFlagIsOffWhenNobodyGetsAnythingElse(String flag, String variant, boolean off) throws Exception {
        var text = ("{'flags':{'new-checkout':{" + flag + "}}}").replace('\'', '"');
        var document = read(text, variant.replace("'", ""));
        assertEquals(off, document.off());
        var changed = document.switchedOff();
        if (!off) {
            assertEquals(true, read(changed, variant.replace("'", "")).off(), changed);
            assertEquals(
                    new ObjectMapper().readTree(text).at("/flags/new-checkout/variants"),
                    new ObjectMapper().readTree(changed).at("/flags/new-checkout/variants"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'flags':{'new-checkout':{'state':'ENABLED' | PASSING | file /f is no JSON document",
                "flags: {new-checkout: {state: ENABLED}} | PASSING | file /f is no JSON document",
                "{'flags':{'new-checkout':{'state':'ENABLED'}}} {} | PASSING | file /f is no JSON document",
                "{'flags':{'new-checkout':{'state':'ENABLED','state':'DISABLED'}}} | PASSING | file /f is no JSON document",
                "[] | NOT_POSSIBLE | file /f has no object flags; legal: flagd's flag definition",
                "{'flags':[{'key':'new-checkout'}]} | NOT_POSSIBLE | file /f has no object flags; legal: flagd's flag definition",
                "{'flags':{'other':{'state':'ENABLED'}}} | MISSING | file /f has no flag 'new-checkout'",
                "{'flags':{'new-checkout':{}}} | NOT_POSSIBLE | file /f, flag 'new-checkout': state is ''; legal: ENABLED, DISABLED",
                "{'flags':{'new-checkout':{'state':'off'}}} | NOT_POSSIBLE | file /f, flag 'new-checkout': state is 'off'; legal: ENABLED, DISABLED",
                "{'flags':{'new-checkout':{'state':'ENABLED','variants':{'on':1,'of':0}}}} | NOT_POSSIBLE | file /f, flag 'new-checkout': there is no variant 'off'; legal: on, of",
            })
    void aDocumentThatDoesNotServeIsToldWithItsFault(String text, FlagFault.Kind kind, String expected) {
        var json = text.startsWith("flags") ? text : text.replace('\'', '"');
        var fault = assertThrows(FlagFault.class, () -> read(json, "off"));
        assertEquals(kind, fault.kind());
        assertEquals(expected, fault.text());
    }
}
