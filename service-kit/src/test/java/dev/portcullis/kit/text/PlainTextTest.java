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
