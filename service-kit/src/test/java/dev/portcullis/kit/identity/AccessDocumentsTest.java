package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document of kind Access may say, and what is wrong with one that says something else. */
final class AccessDocumentsTest {
    private static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String DOCUMENT = """
            apiVersion: portcullis.dev/v1
            kind: Access
            metadata: {name: access}
            spec:
              issuers:
              - issuer: https://token.actions.githubusercontent.com
                audience: portcullis
                keysUrl: https://keys.example/jwks
                caFile: /etc/ca.pem
                nameClaim: actor
                groupsClaim: teams
                keysInterval: 1m
                grants:
                - roles: [deployer]
                  services: [checkout, 'shop-*']
                  claims: {repository: shop/checkout, ref: 'refs/heads/*'}
              tokens:
              - name: argo
                sha256: %s
                roles: [deployer, approver]
                groups: [sre]
                services: ['*']
                expires: 2027-01-31
            """.formatted(DIGEST);
    private static final String CERTIFICATES = """
            apiVersion: portcullis.dev/v1
            kind: Access
            metadata: {name: certificates}
            spec:
              certificates:
              - uri: spiffe://shop.example/ci/*
                roles: [viewer]
                groups: [robots]
                services: [checkout]
              - subject: CN=release-robot, O=Shop
                roles: [operator]
                services: ['*']
            """;

    private static AccessRules read(String text, Faults faults) {
        return AccessDocuments.parse(ConfigurationDocument.ofText("a.yaml", text, faults), faults);
    }

    private static List<String> faults(String text) {
        var faults = new Faults();
        read(text, faults);
        return faults.list().stream().map(Object::toString).toList();
    }

    @Test
    void everythingADocumentMaySayIsRead() {
        var faults = new Faults();
        var rules = read(DOCUMENT, faults);
        assertEquals(List.of(), faults.list());
        assertTrue(rules.configured());
        var token = rules.tokens().getFirst();
        assertEquals("argo", token.name());
        assertEquals(DIGEST, token.sha256());
        assertEquals(Instant.parse("2027-02-01T00:00:00Z"), token.end());
        assertEquals(
                List.of(new Grant(Role.DEPLOYER, ServiceGroup.ALL), new Grant(Role.APPROVER, ServiceGroup.ALL)),
                token.grants());
        var issuer = rules.issuers().getFirst();
        assertEquals(
                "https://token.actions.githubusercontent.com", issuer.issuer().toString());
        assertEquals(Optional.of(URI.create("https://keys.example/jwks")), issuer.keys());
        assertEquals(Duration.ofMinutes(1), issuer.keysInterval());
        assertEquals("actor", issuer.nameClaim());
        assertEquals("teams", issuer.groupsClaim());
        assertEquals(List.of("sre"), token.groups());
        var rule = issuer.rules().getFirst();
        assertEquals(Map.of("repository", "shop/checkout", "ref", "refs/heads/*"), rule.claims());
        assertTrue(rule.grants().getFirst().services().contains("shop-basket"));
    }

    @Test
    void aFolderWithoutOneSaysNothing() {
        assertFalse(read("", new Faults()).configured());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    keysUrl: https://keys.example/jwks | keysUrl: http://keys.example/jwks | a.yaml:8: spec.issuers[0].keysUrl is not legal
                    keysUrl: https://keys.example/jwks | keysUrl: https://ann:s3cret@keys.example/ | a.yaml:8: spec.issuers[0].keysUrl is not legal; legal: an https address
                    issuer: https://token.actions.githubusercontent.com | issuer: github | a.yaml:6: spec.issuers[0].issuer is not legal
                    audience: portcullis | other: portcullis | spec.issuers[0].audience is missing
                    caFile: /etc/ca.pem | caFile: ca.pem | a.yaml:9: spec.issuers[0].caFile is 'ca.pem'; legal: an absolute path
                    keysInterval: 1m | keysInterval: 1ms | a.yaml:12: spec.issuers[0].keysInterval is '1ms'
                    roles: [deployer] | roles: [deploy] | a.yaml:14: spec.issuers[0].grants[0].roles has 'deploy'; legal: one or more of viewer, deployer, approver, operator, admin
                    roles: [deployer] | roles: [] | a.yaml:14: spec.issuers[0].grants[0].roles is missing or empty
                    services: [checkout, 'shop-*'] | services: [] | a.yaml:15: spec.issuers[0].grants[0].services is missing or empty
                    claims: {repository: shop/checkout, ref: 'refs/heads/*'} | claims: {} | a.yaml:14: spec.issuers[0].grants[0].claims is missing or empty
                    claims: {repository: shop/checkout, ref: 'refs/heads/*'} | condition: claims.ref = | a.yaml:16: spec.issuers[0].grants[0].condition is not legal: line 1, column 12:
                    claims: {repository: shop/checkout, ref: 'refs/heads/*'} | condition: clams.ref == 'x' | condition is not legal: line 1, column 1: undeclared reference to 'clams'
                    claims: {repository: shop/checkout, ref: 'refs/heads/*'} | condition: size(claims.ref) | condition is not legal: line 1, column 5: expected type 'bool' but found 'int'
                    expires: 2027-01-31 | expires: never | a.yaml:23: spec.tokens[0].expires is 'never'; legal: a date
                    expires: 2027-01-31 | note: x | spec.tokens[0].expires is missing
                    name: argo | name: 'a{{b' | a.yaml:18: spec.tokens[0].name is 'a{{b'
                    """)
    void whatIsNotLegalIsToldWithItsPlace(String was, String now, String fault) {
        var found = faults(DOCUMENT.replace(was, now));
        assertTrue(found.toString().contains(fault), found.toString());
        assertFalse(found.toString().contains("s3cret"), found.toString());
    }

    @Test
    void certificatesAreNamedByTheirUriOrTheirSubject() {
        var faults = new Faults();
        var rules = read(CERTIFICATES, faults).certificates();
        assertEquals(List.of(), faults.list());
        assertEquals(Optional.of("spiffe://shop.example/ci/*"), rules.getFirst().uri());
        assertEquals(
                List.of(new Grant(Role.VIEWER, new ServiceGroup(List.of("checkout")))),
                rules.getFirst().grants());
        assertEquals(List.of("robots"), rules.getFirst().groups());
        assertEquals(
                Optional.of(new X500Principal("CN=Release-Robot,O=Shop")),
                rules.getLast().subject());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    uri: spiffe://shop.example/ci/* | uri: shop.example | a.yaml:6: spec.certificates[0].uri is 'shop.example'; legal: a URI such as spiffe://
                    subject: CN=release-robot, O=Shop | subject: release-robot | a.yaml:10: spec.certificates[1].subject is 'release-robot'; legal: a distinguished name
                    subject: CN=release-robot, O=Shop | uri: spiffe://shop.example/ci/* | a.yaml:10: spec.certificates[1].uri is that of another entry too
                    uri: spiffe://shop.example/ci/* | name: x | a.yaml:6: spec.certificates[0].subject or spec.certificates[0].uri has to be there
                    groups: [robots] | groups: ['a{{b'] | a.yaml:8: spec.certificates[0].groups has one that is 'a{{b'
                    roles: [viewer] | roles: [see] | a.yaml:7: spec.certificates[0].roles has 'see'
                    """)
    void whatIsNotLegalOfCertificatesIsToldWithItsPlace(String was, String now, String fault) {
        var found = faults(CERTIFICATES.replace(was, now));
        assertTrue(found.toString().contains(fault), found.toString());
    }

    /** Somebody who writes the token where its digest belongs. */
    @Test
    void aTokenInTheDocumentIsNotRepeated() {
        var found = faults(DOCUMENT.replace(DIGEST, "pct_0123"));
        assertTrue(found.getFirst().contains("a.yaml:19: spec.tokens[0].sha256 is not legal"), found.toString());
        assertFalse(found.toString().contains("pct_0123"), found.toString());
    }

    @Test
    void aNameHasTwoTokensAtMostAndADigestOne() {
        var token = "  - {name: argo, sha256: %s, roles: [viewer], services: ['*'], expires: 2027-01-31}\n";
        assertEquals(List.of(), faults(DOCUMENT + token.formatted("a".repeat(64))));
        assertTrue(faults(DOCUMENT + token.formatted("a".repeat(64)) + token.formatted("b".repeat(64)))
                .getFirst()
                .contains("is that of a third token"));
        assertTrue(faults(DOCUMENT + token.formatted(DIGEST)).getFirst().contains("is that of another token too"));
    }

    @Test
    void twoDocumentsAreReadTogetherButAnIssuerStandsInOne() {
        var other = DOCUMENT.replace("name: access", "name: other").replace(DIGEST, "c".repeat(64));
        var found = faults(DOCUMENT + "---\n" + other);
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.getFirst().contains("is already declared"), found.toString());
    }

    @Test
    void aDocumentThatLetsNobodyInIsAFault() {
        var empty = "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec: {}\n";
        assertTrue(faults(empty).getFirst().contains("neither tokens nor issuers"));
    }
}
