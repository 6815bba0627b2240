package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** The form of tokens. */
final class TokenTextTest {
    @Test
    void aNewTokenIsOneAndEachChangedLetterIsSeen() {
        var token = TokenText.random(new SecureRandom());
        assertTrue(TokenText.isToken(token));
        for (int i = 0; i < token.length(); i++) {
            var other = token.charAt(i) == '0' ? '1' : '0';
            assertFalse(TokenText.isToken(token.substring(0, i) + other + token.substring(i + 1)), token + " at " + i);
        }
        assertFalse(TokenText.isToken(token + "0"));
        assertFalse(TokenText.isToken(""));
    }

    /** The digest that other programs make of the same text. */
    @Test
    void whatIsKeptIsTheSha256OfTheText() {
        assertEquals("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", TokenText.sha256("test"));
    }
}
