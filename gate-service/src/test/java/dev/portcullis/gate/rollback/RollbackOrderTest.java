package dev.portcullis.gate.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The reason of an order is one that rollback-service takes, whatever an explanation holds. */
final class RollbackOrderTest {
    private static String kept(String reason) {
        return new RollbackOrder(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "checkout",
                        "services/checkout/releases/r",
                        "c1",
                        "stable1",
                        reason,
                        "",
                        "",
                        Optional.empty())
                .reason();
    }

    @Test
    void asManyCharactersAsRollbackServiceTakesAreKept() {
        var longest = "😀".repeat(1_000);
        assertEquals(longest, kept(longest));
    }

    @Test
    void aLongerOneIsCutBetweenCharacters() {
        assertEquals("😀".repeat(999) + "…", kept("😀".repeat(1_001)));
    }

    @Test
    void whatIsNoTextIsEscaped() {
        assertEquals("series a\\u0000\\ud800", kept("series a\0\ud800"));
    }

    @Test
    void oneThatWasStoredIsReadAsItIs() {
        var stored = kept("\0" + "x".repeat(2_000));
        assertEquals(stored, kept(stored));
    }
}
