package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.testing.PlayedBrowser;
import dev.portcullis.kit.testing.PlayedIdentityProvider;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps people from signing in to the console, and what they and attackers are told. */
final class SignInRefusalIT extends SignInSetup {
    private static void assertRefused(int status, String text, PlayedBrowser browser, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(text), () -> text + " is not in " + answer.body());
        assertTrue(answer.body().contains("<h1>"), answer.body());
        assertFalse(answer.body().contains("Exception"), answer.body());
        assertFalse(answer.body().contains("eyJ"), "a JWT on the page");
        assertFalse(hasSession(browser));
    }

    @Test
    void aSignInOfAnotherBrowserIsNotCompleted() {
        var attacker = browser();
        var lure = callback(attacker);
        var before = provider.exchanges();
        var victim = browser();
        assertRefused(400, "This sign-in cannot be completed", victim, victim.visit(lure));
        victim.visit("/console/sign-in");
        assertRefused(400, "This sign-in cannot be completed", victim, victim.visit(lure));
        assertEquals(before, provider.exchanges(), "the provider is asked nothing");
    }

    /** The attacker has got at the code of somebody else, and takes it back with a sign-in of his own. */
    @Test
    void aCodeOfAnotherBrowserIsOfNoUse() {
        var code = callback(browser()).replaceFirst(".*[?&]code=([^&]*).*", "$1");
        var attacker = browser();
        var own = callback(attacker).replaceFirst("([?&]code=)[^&]*", "$1" + code);
        assertRefused(400, "no longer takes the code", attacker, attacker.visit(own));
        assertEquals("invalid_grant", provider.refusals().getLast());
    }

    @Test
    void aCodeIsGoodOnceAndForAShortTime() {
        var browser = browser();
        var callback = callback(browser);
        assertEquals(303, browser.visit(callback).statusCode());
        var again = browser.visit(callback);
        assertEquals(400, again.statusCode());
        assertTrue(again.body().contains("no longer takes the code"), again.body());
        var late = browser();
        var lateCallback = callback(late);
        provider.expireCodes();
        assertRefused(400, "Begin anew", late, late.visit(lateCallback));
    }

    @Test
    void aSignInIsCompletedWithinItsTime() {
        var browser = browser();
        var callback = callback(browser);
        var state = callback.replaceFirst(".*[?&]state=([^&]*).*", "$1");
        for (var wrong : List.of("", "x", state.substring(1), "A" + state, state + "A")) {
            var changed = callback.replace(state, wrong);
            assertRefused(400, "This sign-in cannot be completed", browser, browser.visit(changed));
        }
        assertEquals(303, browser.visit(callback).statusCode());
    }

    @Test
    void anAddressThatIsNotRegisteredIsRefusedByTheProvider() {
        provider.register("https://elsewhere.example/console/sign-in/callback");
        try {
            var browser = browser();
            assertEquals(400, browser.follow(browser.visit("/console")).statusCode());
            assertFalse(hasSession(browser));
        } finally {
            provider.register(gate.uri("/console/sign-in/callback").toString());
        }
    }

    @Test
    void aWrongSecretIsSaidToBeWhatItIs() throws IOException {
        var browser = browser();
        try {
            Files.writeString(secretFile(), "not the secret");
            var wrong = browser.visit(callback(browser));
            assertRefused(502, "answered invalid_client to client", browser, wrong);
            assertFalse(wrong.body().contains("not the secret"), wrong.body());
            Files.writeString(secretFile(), " \n");
            assertRefused(502, "is empty", browser, browser.visit(callback(browser)));
            Files.delete(secretFile());
            assertRefused(502, "cannot be read: there is no such file", browser, browser.visit(callback(browser)));
        } finally {
            Files.writeString(secretFile(), PlayedIdentityProvider.SECRET);
        }
        assertEquals(303, browser.visit(callback(browser)).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, 403, you may not use the console",
        "login_required, 400, Begin anew",
        "temporarily_unavailable, 503, Try again in a moment",
        "server_error, 503, Try again in a moment",
        "invalid_scope, 502, spec.console.signIn",
        "<b>x</b>, 502, answered an error that is none"
    })
    void whatTheProviderAnswersInPlaceOfACodeIsSaid(String error, int status, String text) {
        var browser = browser();
        var state = callback(browser).replaceFirst(".*[?&]state=([^&]*).*", "$1");
        var back = "/console/sign-in/callback?error=" + ConsolePath.segment(error)
                + "&error_description=ask%20%3Cscript%3E%20Ann&state=" + state;
        var answer = browser.visit(back);
        assertRefused(status, text, browser, answer);
        assertFalse(answer.body().contains("<script> Ann") || answer.body().contains("<b>x"), answer.body());
        assertTrue(answer.body().contains("ask &lt;script&gt; Ann"), answer.body());
        var stranger = browser();
        assertFalse(stranger.visit(back).body().contains("Ann"), "whoever makes up a link has no words on our page");
    }

    @Test
    void anAnswerInTheNameOfAnotherProviderIsRefused() {
        var browser = browser();
        var callback = callback(browser).replaceFirst("([?&]iss=)[^&]*", "$1https%3A%2F%2Fevil.example");
        var before = provider.exchanges();
        assertRefused(400, "another identity provider", browser, browser.visit(callback));
        assertEquals(before, provider.exchanges());
    }

    static Stream<Arguments> tokens() {
        var now = Instant.now();
        return Stream.of(
                token("its nonce is another", claims -> claims.claim("nonce", "of another sign-in")),
                token("its nonce is another", claims -> claims.claim("nonce", null)),
                token("not for the audience", claims -> claims.audience("grafana")),
                token("issued to another client", claims -> claims.claim("azp", "grafana")),
                token(
                        "issued to another client",
                        claims -> claims.audience(List.of(PlayedIdentityProvider.CLIENT, "grafana"))),
                token("the clock of this server", claims -> claims.expirationTime(Date.from(now.minusSeconds(90)))),
                token("not valid yet", claims -> claims.issueTime(Date.from(now.plusSeconds(600)))),
                token("lacks exp or iat", claims -> claims.expirationTime(null)),
                token("is of another issuer", claims -> claims.issuer("https://evil.example")),
                token("no legal subject", claims -> claims.subject("a\nb")),
                token("fewer groups", claims -> claims.claim("groups", "g".repeat(40_000))));
    }

    private static Arguments token(String text, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(text, change);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void anIdTokenThatProvesNothingLetsNobodyIn(String text, UnaryOperator<JWTClaimsSet.Builder> change) {
        provider.change(change);
        var browser = browser();
        assertRefused(403, text, browser, browser.visit(callback(browser)));
    }

    @Test
    void aTokenForSeveralAudiencesIsTakenWhenItWasIssuedToUs() {
        provider.change(claims -> claims.audience(List.of("grafana", PlayedIdentityProvider.CLIENT))
                .claim("azp", PlayedIdentityProvider.CLIENT));
        signedIn();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(502, "no legal id_token", Response.json(200, "{\"access_token\":\"a\"}")),
                Arguments.of(502, "no legal id_token", Response.text(200, "<html>eyJ</html>")),
                Arguments.of(502, "no known error", Response.json(400, "{\"error\":\"eyJ<b>\"}")),
                Arguments.of(502, "no known error", Response.text(302, "")),
                Arguments.of(403, "no signed JWT", Response.json(200, "{\"id_token\":\"eyJh.x.y\"}")),
                Arguments.of(503, "with status 503", Response.text(503, "down")),
                Arguments.of(503, "with status 429", Response.text(429, "slow down")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatNoProviderAnswersIsSaidToBeThat(int status, String text, Response answer) {
        var browser = browser();
        var callback = callback(browser);
        provider.outage(request -> request.uri().getPath().equals("/token") ? answer : null);
        assertRefused(status, text, browser, browser.visit(callback));
    }

    /** The last of the class, so to speak: what fails often opens the circuit breaker, which the tests above would meet. */
    @Test
    void aProviderThatHangsIsWaitedForAShortTime() {
        var over = new CountDownLatch(1);
        try {
            var browser = browser();
            var callback = callback(browser);
            provider.outage(request -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return null;
            });
            assertRefused(503, "cannot be asked", browser, browser.visit(callback));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aFormOfAStrangerTellsHimNothing() {
        var stranger = browser();
        var refused = stranger.submit("/console/sign-out", Map.of("token", "x"), "cross-site");
        assertEquals(403, refused.statusCode());
        assertFalse(refused.body().contains(">local<"), refused.body());
        var out = stranger.submit("/console/sign-out", Map.of("token", "x"));
        assertEquals(gate.uri("/console/sign-out").toString(), stranger.location(out));
    }
}
