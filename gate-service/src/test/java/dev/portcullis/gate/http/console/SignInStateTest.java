package dev.portcullis.gate.http.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.AccessRules;
import dev.portcullis.kit.identity.SignIn;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignInStateTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final String SECRET = "b".repeat(43);
    private static final SignIn SIGN_IN = signIn("https://login.example", "console");

    private static SignIn signIn(String issuer, String client) {
        return new SignIn(
                new AccessRules.Issuer(
                        URI.create(issuer),
                        "portcullis",
                        Optional.empty(),
                        Optional.empty(),
                        "sub",
                        "groups",
                        Duration.ofSeconds(30),
                        List.of()),
                client,
                Optional.empty(),
                URI.create("https://gate.example"),
                List.of("openid"),
                false,
                Duration.ofHours(8),
                Duration.ofHours(1));
    }

    private static SignInState begun() {
        return SignInState.begin(SECRET, SIGN_IN, "/console/holds?all=true", NOW, new SecureRandom());
    }

    private static Optional<SignInState> open(String state, Instant time) {
        return SignInState.open(SECRET, SIGN_IN, state, time);
    }

    @Test
    void whatWasBegunIsOpenedByTheSameBrowserWithinItsTime() {
        var begun = begun();
        var state = begun.attempt().state();
        var opened = open(state, NOW.plus(SignInState.GOOD_FOR)).orElseThrow();
        assertEquals("/console/holds?all=true", opened.path());
        assertEquals(begun.attempt(), opened.attempt());
        assertEquals(43, opened.attempt().verifier().length());
        assertNotEquals(opened.attempt().verifier(), opened.attempt().nonce());
        assertTrue(open(state, NOW.minusSeconds(60)).isPresent(), "the clock of another replica");
        assertTrue(open(state, NOW.plus(SignInState.GOOD_FOR).plusSeconds(1)).isEmpty());
        assertTrue(open(state, NOW.minusSeconds(61)).isEmpty());
    }

    @Test
    void everyOneIsAnotherAndTellsNothing() {
        assertNotEquals(begun().attempt(), begun().attempt());
        assertFalse(begun().toString().contains("holds"));
        assertFalse(begun().attempt().toString().contains(begun().attempt().state()));
    }

    @Test
    void nobodyElseOpensItAndNothingOfItCanBeChanged() {
        var state = begun().attempt().state();
        assertTrue(SignInState.open("c".repeat(43), SIGN_IN, state, NOW).isEmpty());
        assertTrue(SignInState.open(SECRET, signIn("https://evil.example", "console"), state, NOW)
                .isEmpty());
        assertTrue(SignInState.open(SECRET, signIn("https://login.example", "other"), state, NOW)
                .isEmpty());
        for (var place = 0; place < state.length(); place++) {
            var other = state.charAt(place) == 'A' ? 'B' : 'A';
            var changed = state.substring(0, place) + other + state.substring(place + 1);
            assertTrue(open(changed, NOW).isEmpty() || place == state.length() - 1, changed);
        }
        for (var none : List.of("", "x", "%", "A".repeat(20), state + "AAAA")) {
            assertTrue(open(none, NOW).isEmpty(), none);
        }
    }
}
