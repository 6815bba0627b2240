package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.testing.PlayedBrowser;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.PlayedIdentityProvider;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in to the console, are who their provider says, may what the configuration says, and sign out. */
final class SignInIT extends SignInSetup {
    @Test
    void whoLooksAtAPageIsLedToTheProviderAndBackToThatPage() {
        var browser = browser();
        var first = browser.visit("/console/holds?all=true");
        assertEquals(303, first.statusCode());
        assertEquals(
                gate.uri("/console/sign-in?to=%2Fconsole%2Fholds%3Fall%3Dtrue").toString(), browser.location(first));
        var asked = URI.create(browser.location(browser.visit(browser.location(first))));
        assertTrue(asked.toString().startsWith(provider.address() + "/authorize?tenant=shop&"), asked.toString());
        assertFalse(asked.getQuery().contains("/console/holds"), "the provider learns what people look at");
        var page = browser.follow(browser.visit(asked.toString()));
        assertEquals(gate.uri("/console/holds?all=true"), page.uri());
        assertEquals(200, page.statusCode(), page.body());
        assertTrue(page.body().contains("ann@shop.example"), page.body());
        assertTrue(page.body().contains("action=\"/console/sign-out\""), page.body());
    }

    @Test
    void theCookieOfASessionIsForTheBrowserAloneAndItsSecretIsKeptNowhere() {
        var browser = signedIn();
        var told = browser.setCookies().getLast();
        assertEquals(
                "portcullis-session-" + gate.uri("").getPort() + "=" + cookie(browser, "session")
                        + "; Path=/; HttpOnly; SameSite=Lax",
                told);
        assertEquals(43, cookie(browser, "session").length());
        var kept = gate.rows("select s::text from gate.console_sessions s").toString();
        assertFalse(kept.contains(cookie(browser, "session")), kept);
        assertTrue(kept.contains(TokenText.sha256(cookie(browser, "session"))), kept);
        assertFalse(kept.contains("nonce"), kept);
        assertTrue(kept.contains("ann@shop.example"), kept);
    }

    @Test
    void signingInAndOutAreEntriesOfTheAuditLogWithoutSecrets() {
        var browser = signedIn();
        var entry = audited("SIGN_IN").getFirst();
        for (var expected : List.of(
                "\"issuer\":\"" + provider.address() + "\"",
                "\"subject\":\"ann\"",
                "\"name\":\"ann@shop.example\"",
                "\"kind\":\"JWT\"",
                "\"object\":\"sessions/",
                "\"interface\":\"HTTP GET /console/sign-in/callback\"",
                "\"address\":\"127.0.0.1\"")) {
            assertTrue(entry.contains(expected), () -> expected + " is not in " + entry);
        }
        assertFalse(entry.contains(cookie(browser, "session")), entry);
        var session = entry.replaceFirst(".*(sessions/[0-9a-f-]{36}).*", "$1");
        assertEquals(303, signOut(browser).statusCode());
        assertTrue(audited("SIGN_OUT").getFirst().contains(session));
    }

    private HttpResponse<String> signOut(PlayedBrowser browser) {
        var token = ConsoleCalls.token(browser.visit("/console").body());
        return browser.submit("/console/sign-out", Map.of("token", token));
    }

    @Test
    void whoSignsOutIsOutAtOnceEvenWithTheCookieThatHeHad() {
        var browser = signedIn();
        var kept = Map.copyOf(browser.cookies());
        var out = browser.follow(signOut(browser));
        assertEquals(200, out.statusCode());
        assertTrue(out.body().contains("You are signed out"), out.body());
        assertFalse(hasSession(browser));
        browser.cookies().putAll(kept);
        assertEquals(303, browser.visit("/console").statusCode());
        assertEquals(401, browser.fetch("/console/events").statusCode());
    }

    @Test
    void whatSomebodyMayDoFollowsTheAccessDocumentOfTheMoment() {
        provider.person("dev", Map.of("groups", List.of("dev", "all"), "email", "dev@shop.example"));
        var browser = signedIn();
        var path = ConsoleCalls.path(release);
        assertTrue(browser.visit(path).body().contains("needs an operator"));
        assertEquals(403, browser.visit("/console/policies/basket").statusCode());
        var section = signIn(gate.uri("").toString());
        configure(SRE.replace("roles: [viewer], services: [checkout]", "roles: [operator], services: ['*']"), section);
        try {
            assertTrue(browser.visit(path).body().contains("name=\"reason\""));
            assertEquals(200, browser.visit("/console/policies/basket").statusCode());
            configure(SRE.replace("groups: dev", "groups: nobody"), section);
            var refused = browser.visit(path);
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().contains("Sign out"), "also whoever may do nothing can sign out");
            configure(SRE, section.replace(PlayedIdentityProvider.CLIENT, "another-client"));
            assertEquals(303, browser.visit(path).statusCode(), "a session of another client");
        } finally {
            configure(SRE + " # again", section);
        }
        assertEquals(200, browser.visit(path).statusCode());
    }

    @Test
    void whatSomebodyDoesIsOnRecordAsHis() {
        var browser = signedIn();
        var path = ConsoleCalls.path(release);
        var token = ConsoleCalls.token(browser.visit(path).body());
        assertEquals(
                303,
                browser.submit(path + "/hold", Map.of("token", token, "reason", "I look first"))
                        .statusCode());
        var entry = audited("HOLD_PROMOTIONS").getFirst();
        assertTrue(entry.contains("\"subject\":\"ann\""), entry);
        assertTrue(entry.contains("\"kind\":\"JWT\""), entry);
        assertEquals(
                303,
                browser.submit(path + "/resume", Map.of("token", token, "reason", "looked"))
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/console",
                "//evil.example/console",
                "/\\evil.example",
                "/console\\@evil.example",
                "/console/../v1/audit/changes",
                "/console/%2e%2e/v1/audit/changes",
                "/console@evil.example",
                "/consoles",
                "/v1/audit/changes",
                "javascript:alert(1)",
                "/console/sign-out",
                "/console/sign-in",
                "/console?a\r\nSet-Cookie: b=c",
                ""
            })
    void nobodyIsLedAwayFromTheConsole(String wanted) {
        var browser = browser();
        var page = browser.follow(browser.visit("/console/sign-in?to=" + ConsolePath.segment(wanted)));
        assertEquals(gate.uri("/console"), page.uri());
        assertEquals(200, page.statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfClientIsKnownToItsProvider(PlayedIdentityProvider.ClientKind kind) {
        provider.kind(kind);
        var section = signIn(gate.uri("").toString());
        // Another lifetime, so that something changes in any case.
        var own = (kind == PlayedIdentityProvider.ClientKind.PUBLIC
                        ? section.replaceFirst("clientSecretFile: .*\n    ", "")
                        : section)
                + "    lifetime: 7h\n";
        // And another issuer, so that it is asked anew what it takes.
        configure(SRE.replace("groups: dev", "groups: " + kind), own);
        try {
            signedIn();
        } finally {
            configure(SRE, section);
        }
    }

    @Test
    void aProviderWhoseIdTokensSayLittleIsAskedForMore() {
        provider.thin(true);
        var section = signIn(gate.uri("").toString());
        try {
            var nobody = browser();
            assertEquals(403, nobody.follow(nobody.visit("/console")).statusCode());
            configure(SRE, section + "    userInfo: true\n");
            assertTrue(signedIn().visit("/console").body().contains("ann@shop.example"));
        } finally {
            provider.thin(false);
            configure(SRE + " # again", section + "    lifetime: 8h\n    scopes: [openid]\n");
            configure(SRE, section);
        }
    }

    @Test
    void aSessionEndsWhenItWasNotUsedOrIsTooOld() {
        var idle = signedIn();
        gate.execute("update gate.console_sessions set used_at = now() - interval '61 minutes'");
        assertEquals(303, idle.visit("/console").statusCode());
        var old = signedIn();
        gate.execute(
                "update gate.console_sessions set created_at = now() - interval '8 hours 1 minute', used_at = now()");
        assertEquals(303, old.visit("/console").statusCode());
        var used = signedIn();
        gate.execute("update gate.console_sessions set used_at = now() - interval '59 minutes'");
        assertEquals(401, browser().fetch("/console/events").statusCode());
        assertEquals(200, used.fetch("/console/holds").statusCode());
        assertEquals(1, uses("used_at < now() - interval '58 minutes'"), "a script is no person");
        assertEquals(200, used.visit("/console/holds").statusCode());
        assertEquals(0, uses("used_at < now() - interval '58 minutes'"));
    }

    private int uses(String condition) {
        var claims =
                "created_at > now() - interval '5 minutes' and id = (select id from gate.console_sessions order by created_at desc limit 1)";
        return Integer.parseInt(
                gate.rows("select count(*) from gate.console_sessions where " + claims + " and " + condition)
                        .getFirst());
    }

    @Test
    void everySignInHasASessionOfItsOwnAndEndsTheOneBefore() {
        var browser = browser();
        var name = "portcullis-session-" + gate.uri("").getPort();
        var planted = "p".repeat(43);
        browser.cookies().put(name, planted);
        browser.follow(browser.visit("/console"));
        var first = cookie(browser, "session");
        assertNotEquals(planted, first);
        browser.follow(browser.visit("/console/sign-in"));
        assertNotEquals(first, cookie(browser, "session"));
        var before = browser();
        before.cookies().put(name, first);
        assertEquals(303, before.visit("/console").statusCode());
        before.cookies().put(name, planted);
        assertEquals(303, before.visit("/console").statusCode());
    }

    @Test
    void severalWindowsOfABrowserCanSignInAtOnce() {
        var browser = browser();
        var one = callback(browser);
        var other = callback(browser);
        assertEquals(303, browser.visit(other).statusCode());
        assertEquals(303, browser.visit(one).statusCode());
        assertEquals(200, browser.visit("/console").statusCode());
    }

    @Test
    void aSessionSaysNothingToTheApi() {
        var browser = signedIn();
        assertEquals(401, browser.visit("/v1/audit/changes").statusCode());
        assertEquals(401, browser.visit("/health").statusCode());
        assertEquals(
                401, browser.submit("/v1/gate", Map.of("service", "checkout")).statusCode());
        var header = browser.request("/console/policies/basket").header("Authorization", "Bearer " + TOKEN);
        var page = browser.send(header).body();
        assertTrue(page.contains("<bdi title=\"portcullis\">ci</bdi>"), "the header says who calls: " + page);
        assertFalse(page.contains("Sign out"), page);
    }

    @Test
    void aScriptOrAFormIsToldInPlaceOfBeingLedAway() {
        var browser = browser();
        for (var told : List.of(
                browser.fetch("/console/holds"),
                browser.fetch("/console/events"),
                browser.submit("/console/holds", Map.of("reason", "x")))) {
            assertEquals(401, told.statusCode());
            assertTrue(told.headers().allValues("WWW-Authenticate").stream().noneMatch(one -> one.startsWith("Basic")));
            assertTrue(told.body().contains("You are not signed in"), told.body());
        }
    }

    @ParameterizedTest
    @CsvSource({"'text/html,*/*', 303", "'text/html, text/event-stream', 401", "*/*, 401", "application/json, 401"})
    void anOldBrowserIsKnownByWhatItAccepts(String accepted, int status) {
        var browser = browser();
        assertEquals(
                status,
                browser.send(browser.request("/console/holds").header("Accept", accepted))
                        .statusCode());
    }

    @Test
    void whoHasATokenCanDoWithoutTheProvider() {
        var asked = browser().visit("/console?with=token");
        assertEquals(401, asked.statusCode());
        assertTrue(asked.headers().allValues("WWW-Authenticate").stream().anyMatch(one -> one.startsWith("Basic")));
        assertEquals(200, asCi("/console?with=token").statusCode());
        var wrong = browser();
        var refused = wrong.send(wrong.request("/console")
                .header("Accept", "text/html")
                .header("Authorization", "Bearer " + TokenText.random(new SecureRandom())));
        assertEquals(401, refused.statusCode(), "nobody is led in circles");
    }

    @ParameterizedTest
    @CsvSource({"cross-site, 403", "same-site, 403", "none, 403", "same-origin, 303"})
    void aFormIsTakenFromAPageOfTheConsoleAlone(String site, int status) {
        var browser = signedIn();
        var path = ConsoleCalls.path(release);
        var token = ConsoleCalls.token(browser.visit(path).body());
        var form = Map.of("token", token, "reason", "from somewhere");
        assertEquals(status, browser.submit(path + "/hold", form, site).statusCode());
        assertEquals(
                site.equals("same-origin") ? 303 : 403,
                browser.submit("/console/sign-out", Map.of("token", token), site)
                        .statusCode());
    }

    @Test
    void aFormNeedsTheTokenOfItsOwnSession() {
        var mine = signedIn();
        var other = ConsoleCalls.token(signedIn().visit("/console/holds").body());
        for (var token : List.of("", "guessed", other)) {
            var form = Map.of("token", token, "reason", "mine");
            assertEquals(
                    403, mine.submit(ConsoleCalls.path(release) + "/hold", form).statusCode());
            assertEquals(403, mine.submit("/console/sign-out", form).statusCode());
        }
        assertEquals(200, mine.visit("/console").statusCode());
    }
}
