package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.gate.testing.PlayedBrowser;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.identity.AccessRules;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.LiveAccessRules;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.PlayedIdentityProvider;
import dev.portcullis.kit.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gate whose console people sign in to with a played provider, and a release to look at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // each class that extends it has a gate and a provider of its own
abstract class SignInSetup {
    /** What a deployer shows who has no browser. */
    static final String TOKEN = TokenText.random(new SecureRandom());

    static final String SRE = "grants: [{roles: [operator], services: ['*'], claims: {groups: sre}},"
            + " {roles: [viewer], services: [checkout], claims: {groups: dev}}]";

    final PlayedIdentityProvider provider = new PlayedIdentityProvider();
    Path folder = Path.of("");
    GateUnderTest gate;
    String release = "";

    @BeforeAll
    void start(@TempDir Path given) throws IOException {
        folder = Files.createDirectory(given.resolve("config"));
        Files.writeString(secretFile(), PlayedIdentityProvider.SECRET + "\n");
        GateUnderTest.policy(folder, "checkout", "");
        GateUnderTest.policy(folder, "basket", "");
        write(access(SRE, ""));
        gate = new GateUnderTest(folder, database(), settings());
        configure(SRE, signIn(gate.uri("").toString()));
        provider.register(gate.uri("/console/sign-in/callback").toString());
        var opened = gate.send(gate.question(
                        "{\"service\":\"checkout\",\"rollout\":\"r\",\"canary\":\"c1\",\"stable\":\"s1\",\"stage\":\"canary-1\"}")
                .header("Authorization", "Bearer " + TOKEN));
        release = GateUnderTest.json(opened).path("release").asText();
        assertFalse(release.isEmpty(), opened.body());
    }

    DatabaseSettings database() throws IOException {
        return TestDatabase.fresh();
    }

    /** Settings of the gate. */
    Map<String, Object> settings() {
        return Map.of();
    }

    @BeforeEach
    void reset() {
        provider.person("ann", Map.of("groups", List.of("sre"), "email", "ann@shop.example"));
        provider.change(token -> token);
        provider.outage(request -> null);
        provider.kind(PlayedIdentityProvider.ClientKind.BASIC);
    }

    @AfterAll
    void stop() throws IOException {
        gate.close();
        provider.close();
    }

    Path secretFile() {
        return folder.resolveSibling("client-secret");
    }

    /** The section of the sign-in for an address that browsers come by. */
    String signIn(String publicUrl) {
        return """
                console:
                  signIn:
                    issuer: %s
                    clientId: %s
                    clientSecretFile: %s
                    publicUrl: %s
                """.formatted(provider.address(), PlayedIdentityProvider.CLIENT, secretFile(), publicUrl);
    }

    String access(String grants, String signIn) {
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
                    %s
                %s
                """.formatted(TokenText.sha256(TOKEN), provider.address(), grants, signIn.indent(2));
    }

    private void write(String text) {
        try {
            // At once, so that nobody reads half of it.
            var made = Files.writeString(folder.resolveSibling("access.new"), text);
            Files.move(
                    made,
                    folder.resolve("access.yaml"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the Access document, and waits until the gates go by it. */
    void configure(String grants, String signIn, RunningService... others) {
        var before = gate.service().get(LiveAccessRules.class).get();
        write(access(grants, signIn));
        Await.until(
                "the new Access document",
                GateUnderTest.LIMIT,
                () -> isChanged(gate.service(), before)
                        && List.of(others).stream().allMatch(other -> isChanged(other, before)));
    }

    private static boolean isChanged(RunningService service, AccessRules before) {
        return !service.get(LiveAccessRules.class).get().equals(before)
                && service.get(CallerVerifier.class).isRequired();
    }

    /** A browser that nobody has signed in with. */
    PlayedBrowser browser() {
        return new PlayedBrowser(gate.uri(""));
    }

    /** A browser that somebody has signed in with. */
    PlayedBrowser signedIn() {
        var browser = browser();
        var page = browser.follow(browser.visit("/console"));
        assertEquals(200, page.statusCode(), page.body());
        assertEquals(gate.uri("/console"), page.uri());
        return browser;
    }

    /** The answer of the provider, with which a browser is on its way back. */
    String callback(PlayedBrowser browser) {
        var provided = browser.visit(browser.location(browser.visit("/console/sign-in")));
        return browser.location(provided);
    }

    /** The only cookie of a browser whose name has a part. */
    static String cookie(PlayedBrowser browser, String part) {
        return browser.cookies().entrySet().stream()
                .filter(cookie -> cookie.getKey().contains(part))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + part));
    }

    static boolean hasSession(PlayedBrowser browser) {
        return browser.cookies().keySet().stream().anyMatch(name -> name.contains("session"));
    }

    HttpResponse<String> asCi(String path) {
        return gate.send(HttpRequest.newBuilder(gate.uri(path)).header("Authorization", "Bearer " + TOKEN));
    }

    /** Entries of the audit log of an action, newest first. */
    List<String> audited(String action) {
        return gate.rows("select body from audit.entries where action = '" + action + "' order by id desc");
    }

    static URI uri(RunningService service) {
        return URI.create("http://127.0.0.1:" + service.httpPort());
    }
}
