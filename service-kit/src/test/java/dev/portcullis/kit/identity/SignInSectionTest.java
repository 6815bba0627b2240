package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document of kind Access may say of the console, and what is wrong with one that says something else. */
final class SignInSectionTest {
    private static final String HEAD = "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n";
    private static final String ISSUERS = """
              issuers:
              - {issuer: 'https://login.example', audience: portcullis, grants: [{roles: [viewer], services: ['*'], claims: {sub: '*'}}]}
            """;
    private static final String SIGN_IN = """
              console:
                signIn:
                  issuer: https://login.example
                  clientId: portcullis-console
                  clientSecretFile: /etc/portcullis/secret
                  publicUrl: https://gate.example/
                  scopes: [openid, email, groups]
                  userInfo: true
                  lifetime: 12h
                  idle: 30m
            """;
    private static final String DOCUMENT = HEAD + ISSUERS + SIGN_IN;

    private static AccessRules read(String text, Faults faults) {
        return AccessDocuments.parse(ConfigurationDocument.ofText("a.yaml", text, faults), faults);
    }

    private static List<String> faults(String text) {
        var faults = new Faults();
        read(text, faults);
        return faults.list().stream().map(Object::toString).toList();
    }

    private static SignIn legal(String text) {
        var faults = new Faults();
        var rules = read(text, faults);
        assertEquals(List.of(), faults.list());
        return rules.signIn().orElseThrow();
    }

    @Test
    void everythingItMaySayIsRead() {
        var signIn = legal(DOCUMENT);
        assertEquals(URI.create("https://login.example"), signIn.issuer().issuer());
        assertEquals("portcullis-console", signIn.clientId());
        assertEquals(Optional.of(Path.of("/etc/portcullis/secret")), signIn.clientSecretFile());
        assertEquals(URI.create("https://gate.example"), signIn.publicUrl());
        assertTrue(signIn.isSecure());
        assertEquals(List.of("openid", "email", "groups"), signIn.scopes());
        assertTrue(signIn.userInfo());
        assertEquals(Duration.ofHours(12), signIn.lifetime());
        assertEquals(Duration.ofMinutes(30), signIn.idle());
    }

    @Test
    void mostOfItHasDefaults() {
        var signIn = legal(HEAD + ISSUERS + "  console: {signIn: {issuer: 'https://login.example', clientId: c,"
                + " publicUrl: 'http://127.0.0.1:8080'}}\n");
        assertFalse(signIn.isSecure());
        assertEquals(Optional.empty(), signIn.clientSecretFile());
        assertEquals(List.of("openid", "profile", "email"), signIn.scopes());
        assertFalse(signIn.userInfo());
        assertEquals(Duration.ofHours(8), signIn.lifetime());
        assertEquals(Duration.ofHours(1), signIn.idle());
        var brief = DOCUMENT.replace("lifetime: 12h", "lifetime: 10m").replaceFirst("\n *idle: 30m", "");
        assertEquals(Duration.ofMinutes(10), legal(brief).idle());
    }

    @Test
    void itsIssuerMayStandInAnotherDocument() {
        var other = HEAD.replace("name: access", "name: console");
        assertEquals(
                "portcullis-console",
                legal(HEAD + ISSUERS + "---\n" + other + SIGN_IN).clientId());
        assertTrue(faults(DOCUMENT + "---\n" + other + SIGN_IN)
                .getFirst()
                .contains("spec.console.signIn is in another document too; keep one"));
    }

    @Test
    void whereNothingIsSaidNobodySignsIn() {
        assertEquals(Optional.empty(), read(HEAD + ISSUERS, new Faults()).signIn());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    issuer: https://login.example | issuer: https://ann:s3cret@login.example | a.yaml:9: spec.console.signIn.issuer is none that spec.issuers names
                    clientId: portcullis-console | other: x | spec.console.signIn.clientId is missing
                    clientId: portcullis-console | clientId: two words | a.yaml:10: spec.console.signIn.clientId is not legal; legal: 1 to 253 printable
                    clientSecretFile: /etc/portcullis/secret | clientSecretFile: secret | a.yaml:11: spec.console.signIn.clientSecretFile is 'secret'; legal: an absolute path
                    publicUrl: https://gate.example/ | publicUrl: http://gate.example | a.yaml:12: spec.console.signIn.publicUrl is not legal; legal: an https address without path
                    publicUrl: https://gate.example/ | publicUrl: https://gate.example/portcullis | spec.console.signIn.publicUrl is not legal
                    publicUrl: https://gate.example/ | publicUrl: https://ann:s3cret@gate.example | spec.console.signIn.publicUrl is not legal
                    publicUrl: https://gate.example/ | publicUrl: gate.example | spec.console.signIn.publicUrl is not legal
                    publicUrl: https://gate.example/ | note: x | spec.console.signIn.publicUrl is missing
                    scopes: [openid, email, groups] | scopes: [email] | a.yaml:13: spec.console.signIn.scopes is [email]; legal: names without blanks; openid has to be among them
                    scopes: [openid, email, groups] | scopes: [openid, 'a b'] | spec.console.signIn.scopes is [openid, a b]
                    lifetime: 12h | lifetime: 30d | a.yaml:15: spec.console.signIn.lifetime is '30d'
                    idle: 30m | idle: 13h | a.yaml:16: spec.console.signIn.idle is longer than spec.console.signIn.lifetime
                    idle: 30m | idle: 1s | a.yaml:16: spec.console.signIn.idle is '1s'
                    idle: 30m | remember: true | a.yaml:16: unknown key 'remember'
                    """)
    void whatIsNotLegalIsToldWithItsPlace(String was, String now, String fault) {
        var place = DOCUMENT.lastIndexOf(was);
        var found = faults(DOCUMENT.substring(0, place) + now + DOCUMENT.substring(place + was.length()));
        assertTrue(found.toString().contains(fault), found.toString());
        assertFalse(found.toString().contains("s3cret"), found.toString());
    }

    @Test
    void aConsoleWithoutASignInIsAFault() {
        assertTrue(faults(HEAD + ISSUERS + "  console: {}\n").toString().contains("spec.console.signIn is missing"));
    }
}
