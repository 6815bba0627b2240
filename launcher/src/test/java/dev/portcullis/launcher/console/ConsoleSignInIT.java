package dev.portcullis.launcher.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.PlayedIdentityProvider;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People sign in to the console of the three services with a real browser, act, and sign out. */
@Tag("extra")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleSignInIT {
    private static final String TOKEN = TokenText.random(new SecureRandom());
    private static final int PHONE = 320;
    private static final ColorScheme LIGHT = ColorScheme.LIGHT;

    private final int port = FreePorts.next();
    private final Site site = new Site();
    private final PlayedIdentityProvider provider = new PlayedIdentityProvider();
    private AllServices services;
    private Chromium chromium;
    private String path = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(Chromium.LIMIT_MILLIS);
        chromium = new Chromium();
        site.configure(folder.resolve("config"));
        var secret = Files.writeString(folder.resolve("secret"), PlayedIdentityProvider.SECRET);
        Files.writeString(folder.resolve("config/access.yaml"), access(secret));
        provider.register(origin() + "/console/sign-in/callback");
        provider.asks(true);
        services = TestPortcullis.startEmpty(folder, Map.of("gate.http.port", port));
        path = opened();
    }

    private String access(Path secret) {
        return """
                apiVersion: portcullis.dev/v1
                kind: Access
                metadata: {name: access}
                spec:
                  tokens:
                  - {name: ci, sha256: %s, roles: [deployer], services: ['*'], expires: 2099-12-31}
                  issuers:
                  - issuer: %s
                    audience: portcullis
                    nameClaim: email
                    grants:
                    - {roles: [operator], services: ['*'], claims: {groups: sre}}
                    - {roles: [viewer], services: ['*'], claims: {groups: dev}}
                  console:
                    signIn: {issuer: '%s', clientId: %s, clientSecretFile: %s, publicUrl: '%s'}
                """.formatted(
                        TokenText.sha256(TOKEN),
                        provider.address(),
                        provider.address(),
                        PlayedIdentityProvider.CLIENT,
                        secret,
                        origin());
    }

    /** The path of the page of a release that waits. */
    private String opened() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(origin() + "/v1/gate"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(
                        BodyPublishers.ofString(
                                "{\"service\":\"checkout\",\"revision\":\"idle\",\"canary\":\"idle\",\"stable\":\"s1\",\"stage\":\"canary-1\"}"));
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofString()).body();
            var name = new ObjectMapper().readTree(answer).path("release").asText();
            assertFalse(name.isEmpty(), answer);
            return "/console/" + name;
        }
    }

    @AfterAll
    void stop() {
        services.close();
        chromium.close();
        site.close();
        provider.close();
    }

    private String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** Goes to a page, by way of the provider. */
    private Page signedIn(BrowserContext person, String wanted) {
        var page = person.newPage();
        page.navigate(origin() + wanted);
        assertTrue(page.url().startsWith(provider.address() + "/authorize"), page.url());
        page.locator("#confirm").click();
        assertThat(page).hasURL(origin() + wanted);
        return page;
    }

    private void as(String name, String group) {
        provider.person(name, Map.of("groups", List.of(group), "email", name + "@shop.example"));
    }

    @Test
    void anOperatorIsLedToThePageActsThereAndSignsOut() {
        as("olga", "sre");
        try (var person = chromium.person(ConsoleSetup.DESK, LIGHT)) {
            var page = signedIn(person, path);
            var watch = PageWatch.of(page, origin());
            assertThat(page.locator("header .viewer")).containsText("olga@shop.example");
            var cookies = person.cookies(origin());
            assertEquals(2, cookies.size(), "session and sign-in");
            cookies.forEach(cookie -> {
                assertTrue(cookie.httpOnly, cookie.name);
                assertEquals(SameSiteAttribute.LAX, cookie.sameSite, cookie.name);
            });
            ConsoleSetup.act(page, "hold", "held: I look first");
            assertThat(page.locator("main > .notice")).containsText("You hold this release");
            ConsoleSetup.act(page, "resume", "resumed: looked");
            assertThat(page.locator("main > .notice")).containsText("You resumed this release");
            page.locator("header form button").click();
            assertThat(page.locator("h1")).hasText("You are signed out");
            watch.assertQuiet("a session");
            page.navigate(origin() + path);
            assertTrue(page.url().startsWith(provider.address()), page.url());
        }
    }

    @Test
    void aViewerSeesWhatHeMayNotDo() {
        as("vera", "dev");
        try (var person = chromium.person(ConsoleSetup.DESK, LIGHT)) {
            var page = signedIn(person, path);
            assertThat(page.locator("main")).containsText("needs an operator");
            assertThat(page.locator("details.action")).hasCount(0);
        }
    }

    @Test
    void aPageWhoseSessionHasEndedLeadsToTheProviderByItself() {
        as("ida", "sre");
        try (var person = chromium.person(ConsoleSetup.DESK, LIGHT)) {
            var page = signedIn(person, path);
            assertThat(page.locator("#live")).isVisible();
            services.gate()
                    .get(Database.class)
                    .jdbi()
                    .useHandle(handle -> handle.execute("delete from console_sessions where subject = 'ida'"));
            // What a stream does that ends, as each of a session does now and then.
            page.evaluate("() => htmx.ajax('GET', '/console/events', {target: '#live', swap: 'none'})");
            page.waitForURL(url -> url.startsWith(provider.address()));
            page.locator("#confirm").click();
            assertThat(page).hasURL(origin() + path);
        }
    }

    @Test
    void whatSomebodyHasWrittenIsNotLostWhenHisSessionEnds() {
        as("eve", "sre");
        try (var person = chromium.person(ConsoleSetup.DESK, LIGHT)) {
            var page = signedIn(person, path);
            var form = page.locator("details.action.promote");
            form.locator("summary").click();
            form.locator("textarea").fill("promoted: measured elsewhere");
            person.clearCookies();
            page.evaluate("() => htmx.ajax('GET', '/console/events', {target: '#live', swap: 'none'})");
            assertThat(page.locator("[data-offline]")).isVisible();
            assertThat(form.locator("textarea")).hasValue("promoted: measured elsewhere");
            form.locator("button.act").click();
            assertThat(page.locator("h1")).hasText("You are not signed in");
            page.locator("main a.button[href^='/console/sign-in']").click();
            page.locator("#confirm").click();
            assertThat(page).hasURL(origin() + path);
        }
    }

    @Test
    void pagesOfTheSignInAreAccessibleAndQuiet() {
        try (var person = chromium.examiner(ConsoleSetup.DESK, LIGHT)) {
            var page = person.newPage();
            var faults = new ArrayList<String>();
            for (var shown : List.of("/console/sign-out", "/console/sign-in/callback")) {
                page.navigate(origin() + shown);
                assertThat(page.locator("h1")).isVisible();
                Accessibility.faults(page).forEach(fault -> faults.add(shown + ": " + fault));
            }
            assertEquals(List.of(), faults);
        }
    }

    @Test
    void aLongNameLeavesRoomForThePageOnAPhone() {
        as("w".repeat(100), "sre");
        try (var person = chromium.examiner(PHONE, LIGHT)) {
            var page = signedIn(person, "/console/holds");
            assertThat(page.locator("header form button")).isVisible();
            var width = ((Number) page.evaluate("() => document.documentElement.scrollWidth")).intValue();
            assertTrue(width <= PHONE, () -> width + " px wide");
            assertEquals(List.of(), Accessibility.faults(page));
        }
    }

    @Test
    void withoutScriptsPeopleSignInAndOutToo() {
        as("nora", "sre");
        try (var person = chromium.personWithoutScripts(ConsoleSetup.DESK)) {
            var page = signedIn(person, "/console/holds");
            page.locator("header form button").click();
            assertThat(page.locator("h1")).hasText("You are signed out");
        }
    }
}
