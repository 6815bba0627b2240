package dev.portcullis.gate.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.github.GitHubApp;
import dev.portcullis.gate.github.ProtectedEnvironment;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GitHubAppDocumentsTest {
    private static final String LEGAL = """
            apiVersion: portcullis.dev/v1
            kind: GitHubApp
            metadata: {name: github}
            spec:
              clientId: Iv23li
              privateKeyFile: /etc/key.pem
              webhookSecretFile: /etc/secret
              apiUrl: https://github.example/api/v3/
              environments:
                - {repository: shop/checkout, environment: production, service: checkout, stage: canary-2}
                - {repository: shop/checkout, environment: staging, service: checkout}
            """;

    private final Faults faults = new Faults();

    private Optional<GitHubApp> parse(String text) {
        return GatePolicies.parse(
                        ConfigurationDocument.ofText("github.yaml", text, faults), faults, RuleWiring.policyRules())
                .gitHubApp();
    }

    private List<String> told() {
        return faults.list().stream().map(Fault::toString).toList();
    }

    @Test
    void everyKeyIsRead() {
        var app = parse(LEGAL).orElseThrow();
        assertEquals(List.of(), told());
        assertEquals(
                new GitHubApp(
                        "Iv23li",
                        Path.of("/etc/key.pem"),
                        Path.of("/etc/secret"),
                        "https://github.example/api/v3",
                        List.of(
                                new ProtectedEnvironment("shop/checkout", "production", "checkout", "canary-2"),
                                new ProtectedEnvironment("shop/checkout", "staging", "checkout", "pre-deploy"))),
                app);
        assertEquals(
                "canary-2",
                app.find("Shop/Checkout", "Production").orElseThrow().stage());
        assertTrue(app.find("shop/checkout", "test").isEmpty());
    }

    @Test
    void withoutOneThereIsNoApp() {
        assertTrue(parse("").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "clientId: Iv23li | clientId: 'a\"b' | spec.clientId is 'a\"b'; legal: letters",
                "/etc/key.pem | key.pem | spec.privateKeyFile is 'key.pem'; legal: an absolute path",
                "/etc/secret | secret | spec.webhookSecretFile is 'secret'; legal: an absolute path",
                "https://github.example/api/v3/ | github.example | spec.apiUrl is not legal; legal: an http or https address",
                "https://github.example/api/v3/ | https://me:password@github.example | spec.apiUrl is not legal",
                "canary-2 | canary-0 | spec.environments[0].stage is 'canary-0'; legal: pre-deploy, canary-1 to canary-99, post-deploy",
                "repository: shop/checkout, environment: staging | repository: checkout, environment: staging | spec.environments[1].repository is 'checkout'; legal: owner/name",
                "environment: staging | environment: Production | spec.environments[1].environment is named twice for shop/checkout; keep one",
                "clientId: Iv23li | appId: 5 | unknown key 'appId' in spec",
            })
    void whatIsNotLegalIsNamed(String part, String other, String fault) {
        parse(LEGAL.replace(part, other));
        assertTrue(told().stream().anyMatch(one -> one.contains(fault)), () -> told().toString());
        assertFalse(told().toString().contains("password"));
    }

    @Test
    void aSecondAppIsOneTooMany() {
        parse(LEGAL + "---\n" + LEGAL.replace("name: github", "name: other"));
        assertEquals(1, told().size());
        assertTrue(told().getFirst().contains("a second document of kind GitHubApp; keep one"));
    }

    @Test
    void anAppWithoutEnvironmentsDecidesNothing() {
        parse(LEGAL.substring(0, LEGAL.indexOf("  environments:")));
        assertTrue(told().toString().contains("spec.environments is missing or empty; legal: one or more"));
    }
}
