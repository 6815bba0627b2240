package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeatureFlagKindTest {
    private static final String HEAD = """
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: checkout}
            spec:
              service: checkout
            """;

    @TempDir
    Path folder;

    private final Faults faults = new Faults();

    private TargetSettings read(String target) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), HEAD + "  rollback: {target: feature-flag, " + target + "}\n");
        var plans = Wiring.targetKinds().parse(new ConfigurationFolder(folder).read(faults), faults);
        var plan = plans.planOf("checkout", Mode.LIVE).orElseThrow();
        assertFalse(plan.stages().getFirst().routesTraffic());
        return plan.stages().getFirst().target();
    }

    private void legal(String target, String identity, Map<String, String> values) throws IOException {
        var settings = read(target);
        assertEquals("[]", faults.list().toString());
        assertEquals(new TargetSettings("feature-flag", identity, values), settings);
    }

    @Test
    void aFlagOfLaunchDarklyHasItsDefaults() throws IOException {
        legal(
                "provider: launchdarkly, project: shop, environment: production, flag: new-checkout, tokenFile: /t",
                "feature-flag launchdarkly shop/production/new-checkout",
                Map.of(
                        "provider", "launchdarkly",
                        "project", "shop",
                        "environment", "production",
                        "flag", "new-checkout",
                        "address", "https://app.launchdarkly.com",
                        "tokenFile", "/t",
                        "timeout", "PT5S",
                        "bypassApproval", "false"));
    }

    @Test
    void everythingOfLaunchDarklyCanBeSaid() throws IOException {
        legal(
                "provider: launchdarkly, project: shop, environment: prod.eu_1, flag: 2nd-checkout, tokenEnv: T,"
                        + " address: 'https://app.eu.launchdarkly.com', timeout: 1s, bypassApproval: true",
                "feature-flag launchdarkly https://app.eu.launchdarkly.com shop/prod.eu_1/2nd-checkout",
                Map.of(
                        "provider", "launchdarkly",
                        "project", "shop",
                        "environment", "prod.eu_1",
                        "flag", "2nd-checkout",
                        "address", "https://app.eu.launchdarkly.com",
                        "tokenEnv", "T",
                        "timeout", "PT1S",
                        "bypassApproval", "true"));
    }

    @Test
    void aFileOfFlagdCanBeSaid() throws IOException {
        legal(
                "provider: flagd-file, file: /etc/flags/shop.json, flag: 'new checkout', variant: off",
                "feature-flag flagd /etc/flags/shop.json new checkout",
                Map.of(
                        "provider", "flagd-file",
                        "file", "/etc/flags/shop.json",
                        "flag", "new checkout",
                        "variant", "off"));
    }

    @Test
    void aDocumentOfFlagdIsIdentifiedWithoutItsQuery() throws IOException {
        legal(
                "provider: flagd-http, url: 'https://flags.shop:8443/v1/shop.json?team=a', flag: new-checkout",
                "feature-flag flagd https://flags.shop:8443/v1/shop.json new-checkout",
                Map.of(
                        "provider", "flagd-http",
                        "url", "https://flags.shop:8443/v1/shop.json?team=a",
                        "flag", "new-checkout",
                        "timeout", "PT5S"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "flag: f | spec.rollback.provider is missing; legal: launchdarkly, flagd-file, flagd-http",
                "provider: flagd, file: /f, flag: f | spec.rollback.provider is 'flagd'; legal: launchdarkly, flagd-file, flagd-http",
                "provider: launchdarkly, environment: e, flag: f, tokenFile: /t | spec.rollback.project is missing; legal: letters, digits, '.', '_' and '-', beginning with a letter or digit",
                "provider: launchdarkly, project: p, flag: f, tokenFile: /t | spec.rollback.environment is missing; legal: letters, digits, '.', '_' and '-', beginning with a letter or digit",
                "provider: launchdarkly, project: p, environment: e, tokenFile: /t | spec.rollback.flag is missing; legal: letters, digits, '.', '_' and '-', beginning with a letter or digit",
                "provider: launchdarkly, project: p, environment: e, flag: a/b, tokenFile: /t | spec.rollback.flag is 'a/b'; legal: letters, digits, '.', '_' and '-', beginning with a letter or digit",
                "provider: launchdarkly, project: ../x, environment: e, flag: f, tokenFile: /t | spec.rollback.project is '../x'; legal: letters, digits, '.', '_' and '-', beginning with a letter or digit",
                "provider: launchdarkly, project: p, environment: e, flag: f | spec.rollback.tokenFile and tokenEnv are missing; legal: one of the two",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenFile: /t, tokenEnv: T | spec.rollback.tokenEnv stands beside tokenFile; legal: one of the two",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenFile: api-secret | spec.rollback.tokenFile is not legal; legal: an absolute path",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenEnv: api-secret | spec.rollback.tokenEnv is not legal; legal: the name of an environment variable: letters, digits and _",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenEnv: T, address: app | spec.rollback.address is 'app'; legal: an http or https address without user, password and fragment",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenEnv: T, address: 'https://u:secret@h' | spec.rollback.address is an address with a user; legal: an http or https address without user, password and fragment",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenEnv: T, timeout: 2m | spec.rollback.timeout is '2m'; legal: a duration from 100ms to 1m, as 500ms, 15s, 1h30m or 30d",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenEnv: T, bypassApproval: 'yes' | spec.rollback.bypassApproval is 'yes'; legal: true, false",
                "provider: flagd-file, flag: f | spec.rollback.file is missing; legal: an absolute path of a JSON file, not of YAML",
                "provider: flagd-file, file: flags.json, flag: f | spec.rollback.file is 'flags.json'; legal: an absolute path of a JSON file, not of YAML",
                "provider: flagd-file, file: /etc/flags.yaml, flag: f | spec.rollback.file is '/etc/flags.yaml'; legal: an absolute path of a JSON file, not of YAML",
                "provider: flagd-file, file: /etc/flags.YML, flag: f | spec.rollback.file is '/etc/flags.YML'; legal: an absolute path of a JSON file, not of YAML",
                "provider: flagd-file, file: /f | spec.rollback.flag is missing; legal: the flag's key",
                "provider: flagd-http, flag: f | spec.rollback.url is missing; legal: an http or https address without user, password and fragment",
                "provider: flagd-http, url: 'file:/f', flag: f | spec.rollback.url is 'file:/f'; legal: an http or https address without user, password and fragment",
                "provider: flagd-http, url: 'http://h/f' | spec.rollback.flag is missing; legal: the flag's key",
            })
    void aFaultIsToldWithItsPlaceValueAndWhatIsLegal(String target, String expected) throws IOException {
        read(target);
        assertEquals("[policy.yaml:6: " + expected + "]", faults.list().toString());
        assertFalse(faults.list().toString().contains("secret"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "provider: flagd-file, file: /f, flag: f, project: p | unknown key 'project' in spec.rollback",
                "provider: flagd-file, file: /f, flag: f, tokenFile: /t | unknown key 'tokenFile' in spec.rollback",
                "provider: flagd-http, url: 'http://h', flag: f, state: DISABLED | unknown key 'state' in spec.rollback",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenEnv: T, variant: v | unknown key 'variant' in spec.rollback",
                "provider: launchdarkly, project: p, environment: e, flag: f, tokenEnv: T, token: secret | unknown key 'token' in spec.rollback",
            })
    void aKeyOfAnotherProviderIsRefused(String target, String expected) throws IOException {
        read(target);
        assertEquals(1, faults.list().size(), faults.list().toString());
        assertEquals(
                0,
                faults.list().toString().indexOf("[policy.yaml:6: " + expected),
                faults.list().toString());
        assertFalse(faults.list().toString().contains("secret"));
    }
}
