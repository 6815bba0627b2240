package dev.portcullis.kit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void controlCharactersBecomeVisibleEscapes() {
        assertEquals("a\\u0000b\\u000dc\\u001bd\\u007fe\\u0085f", PlainText.of("a\0b\rc\u001bd\u007fe\u0085f"));
    }

    @Test
    void anUnpairedSurrogateBecomesAVisibleEscapeAndAPairStays() {
        assertEquals("a\\ud83d b\\ude00 \ud83d\ude00", PlainText.of("a\ud83d b\ude00 \ud83d\ude00"));
    }

    @Test
    void whatShowsATextInAnotherOrderBecomesAVisibleEscape() {
        assertEquals("v1\\u202e2v", PlainText.of("v1\u202e2v"));
        for (var c : new int[] {0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x2066, 0x2067, 0x2068, 0x2069}) {
            assertEquals("a" + PlainText.escape(c), PlainText.of("a" + Character.toString(c)));
        }
    }

    /** Letters are written from right to left by themselves, and marks beside them stay. */
    @Test
    void scriptsFromRightToLeftStay() {
        var text = "\u05d0\u05d1\u200f (v2)";
        assertSame(text, PlainText.of(text));
    }

    @Test
    void aTextThatNeedsNoEscapeIsTheSameObject() {
        var text = "two lines:\n\tGrüße, 世界";
        assertSame(text, PlainText.of(text));
    }

    @Test
    void aLineHasNoLineBreaksAndIsShortenedToItsBytes() {
        assertEquals("a b c\\u000d", PlainText.line("a\nb\tc\r", 100));
        assertEquals("abcdef", PlainText.line("abcdef", 6));
        assertEquals("abc...", PlainText.line("abcdefg", 6));
        assertEquals("é...", PlainText.line("éééé", 6));
        assertEquals("\ud83d\ude00...", PlainText.line("\ud83d\ude00\ud83d\ude00", 7));
    }
}
