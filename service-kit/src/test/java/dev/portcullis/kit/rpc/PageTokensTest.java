package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageTokensTest {
    private static final PageTokens.Position PLACE = new PageTokens.Position(
            Instant.parse("2026-03-01T12:00:00.123456Z"), UUID.fromString("8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11"));

    private final PageTokens tokens = PageTokens.under("checkout", null);

    @Test
    void aTokenTellsWhereThePageStarts() {
        assertEquals(Optional.of(PLACE), tokens.position(tokens.of(PLACE)));
        assertEquals(OptionalLong.of(17), tokens.number(tokens.of(17)));
        assertEquals(Optional.empty(), tokens.position(""));
        assertEquals(OptionalLong.empty(), tokens.number(""));
    }

    @Test
    void aTokenOfOtherFiltersIsRefused() {
        var others = PageTokens.under(null, "checkout");
        refused(() -> others.position(tokens.of(PLACE)));
        refused(() -> others.number(tokens.of(17)));
        refused(() -> PageTokens.under("checkout", "null").number(tokens.of(17)));
    }

    @Test
    void aTokenThatWasNeverGivenIsRefused() {
        for (var token : new String[] {"?", "AAAA", "x".repeat(10_000), "\0"}) {
            refused(() -> tokens.position(token));
            refused(() -> tokens.number(token));
        }
        var beforeTheEpoch = new PageTokens.Position(Instant.EPOCH.minusSeconds(1), PLACE.id());
        refused(() -> tokens.position(tokens.of(beforeTheEpoch)));
        refused(() -> tokens.position(tokens.of(17)));
    }

    private static void refused(Runnable reading) {
        var error = assertThrows(StatusRuntimeException.class, reading::run);
        assertTrue(error.getMessage().startsWith("INVALID_ARGUMENT: page_token: "), error.getMessage());
    }
}
