package dev.portcullis.kit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreeTextTest {
    @Test
    void whatEndsALineIsKeptAsLineFeed() {
        assertEquals(Optional.empty(), FreeText.fault("one\r\ntwo\rthree\n\tfour"));
        assertEquals("one\ntwo\nthree\n\tfour", FreeText.of("one\r\ntwo\rthree\n\tfour\r\n"));
    }

    @Test
    void aControlCharacterIsRefusedWithItsPlace() {
        assertEquals(
                Optional.of("has \\u0000 as its character 3, a control character or half a character; leave it out"),
                FreeText.fault("😀a\0b"));
        assertTrue(FreeText.fault("a\u001b[2J").orElse("").startsWith("has \\u001b as its character 2"));
        assertTrue(FreeText.fault("a\ud83d").orElse("").startsWith("has \\ud83d as its character 2"));
    }

    @Test
    void lengthIsCountedInCharactersWithoutTheBlanksAround() {
        assertEquals(Optional.empty(), FreeText.fault("\r\n" + "😀".repeat(1_000) + "  "));
        assertEquals(Optional.of("has 1001 characters; legal: 1 to 1000"), FreeText.fault("x".repeat(1_001)));
        assertEquals(Optional.of("is missing; 1 to 1000 characters are required"), FreeText.fault(" \n\u200b"));
    }

    @Test
    void aTextMadeOfTextsOfOthersIsLegal() {
        for (var text : new String[] {"a\0b\r\nc", "\ud83d".repeat(900), "x".repeat(5_000), "😀".repeat(1_200)}) {
            assertEquals(Optional.empty(), FreeText.fault(FreeText.made(text)));
        }
        assertEquals("a\\u0000b\nc", FreeText.made("a\0b\r\nc"));
    }
}
