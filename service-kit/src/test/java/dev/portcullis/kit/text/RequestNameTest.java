package dev.portcullis.kit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "7d9c8", "a b", "checkout/v2", "界\uD83D\uDE80", "{a}", "$5", "a{b}c", "<none>"})
    void aNameMayHaveAnyCharactersOfAnyScript(String name) {
        assertEquals(Optional.empty(), RequestName.fault(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00a0", "\u200b", " c1", "c1 ", "c1\u00a0", "\ufeffc1", "c1\u3000"})
    void aBlankAtEitherEndIsAFault(String name) {
        assertTrue(RequestName.fault(name).orElseThrow().contains("blank"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{args.canary}}", "{{ .Values.hash", "hash}}", "${CANARY}", "$(params.canary)", "<no value>"})
    void aTemplateThatWasNotFilledInIsAFaultThatQuotesIt(String name) {
        var fault = RequestName.fault(name).orElseThrow();
        assertTrue(fault.contains("'" + name + "'") && fault.contains("template"), fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\nb", "a\u0085b", "\ud800", "a\u2028b", "v\u202e2"})
    void controlCharactersAndHalfCharactersAreFaultsToldOnOneLine(String name) {
        var fault = RequestName.fault(name).orElseThrow();
        assertTrue(fault.contains("control character"), fault);
        assertFalse(fault.contains(name), fault);
    }

    @Test
    void theLimitCountsCharactersAndNotHalvesOfThem() {
        assertEquals(Optional.empty(), RequestName.fault("\uD83D\uDE80".repeat(RequestName.LONGEST)));
        assertEquals(
                Optional.of("has 254 characters; legal: 1 to 253"),
                RequestName.fault("\uD83D\uDE80".repeat(RequestName.LONGEST + 1)));
    }

    @Test
    void aLongNameIsShownShort() {
        assertTrue(RequestName.shown("x".repeat(200)).length() < 70);
    }
}
