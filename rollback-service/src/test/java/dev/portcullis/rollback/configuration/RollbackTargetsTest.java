package dev.portcullis.rollback.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RollbackTargetsTest {
    private static final String HEAD = """
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: checkout}
            spec:
              service: checkout
            """;
    private static final String ADDRESS = "an http or https address without user, password and fragment";

    @TempDir
    Path folder;

    private final Faults faults = new Faults();

    private RollbackPlans parse(String rollback) {
        try {
            Files.writeString(folder.resolve("policy.yaml"), HEAD + rollback + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        var documents = new ConfigurationFolder(folder).read(faults);
        return Wiring.targetKinds().parse(documents, faults);
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        var plans = parse("  rollback: {target: webhook, url: 'http://h/return', readBack: 'https://h/where?x=1'}");
        assertEquals("[]", faults.list().toString());
        var values = Map.of("url", "http://h/return", "readBack", "https://h/where?x=1", "timeout", "PT5S");
        var limits = new Limits(Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofSeconds(1));
        assertEquals(Optional.of(new Plan(new TargetSettings("webhook", values), limits)), plans.planOf("checkout"));
        assertEquals(Optional.empty(), plans.planOf("cart"));
    }

    @Test
    void everythingCanBeSaid() {
        var plans = parse("  rollback: {target: webhook, url: 'http://h/return', readBack: 'http://h/where',"
                + " tokenFile: /run/token, timeout: 750ms, retryFor: 1h, verifyFor: 90s, verifyEvery: 2s}");
        assertEquals("[]", faults.list().toString());
        var values = Map.of(
                "url", "http://h/return",
                "readBack", "http://h/where",
                "tokenFile", "/run/token",
                "timeout", "PT0.75S");
        var limits = new Limits(Duration.ofHours(1), Duration.ofSeconds(90), Duration.ofSeconds(2));
        assertEquals(Optional.of(new Plan(new TargetSettings("webhook", values), limits)), plans.planOf("checkout"));
    }

    @Test
    void aPolicyWithoutAWayBackIsLegal() {
        assertEquals(Optional.empty(), parse("").planOf("checkout"));
        assertEquals("[]", faults.list().toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{url: 'http://h', readBack: 'http://h'} | spec.rollback.target is missing; legal: webhook",
                "{target: argo-rollouts, namespace: shop} | spec.rollback.target is 'argo-rollouts'; legal: webhook",
                "{target: webhok} | 'webhok'",
                "{target: webhook, readBack: 'http://h'} | spec.rollback.url is missing; legal: an http",
                "{target: webhook, url: 'http://h'} | spec.rollback.readBack is missing; legal: an http",
                "{target: webhook, url: 'ftp://h', readBack: 'http://h'} | spec.rollback.url is 'ftp://h'; legal: an http",
                "{target: webhook, url: '/relative', readBack: 'http://h'} | spec.rollback.url is '/relative'",
                "{target: webhook, url: 'http://a b', readBack: 'http://h'} | spec.rollback.url is 'http://a b'",
                "{target: webhook, url: 'http:', readBack: 'http://h'} | spec.rollback.url is 'http:'",
                "{target: webhook, url: 'http://u:pw@h', readBack: 'http://h'} | spec.rollback.url is an address with a user",
                "{target: webhook, url: 'http://h#x', readBack: 'http://h'} | spec.rollback.url is 'http://h#x'",
                "{target: webhook, url: 'http://h', readBack: 'http://h', tokenFile: rel} | spec.rollback.tokenFile is not legal",
                "{target: webhook, url: 'http://h', readBack: 'http://h', tokenEnv: A-B} | spec.rollback.tokenEnv is not legal",
                "{target: webhook, url: 'http://h', readBack: 'http://h', tokenEnv: T, tokenFile: /t} | legal: one of the two",
                "{target: webhook, url: 'http://h', readBack: 'http://h', timeout: 2m} | spec.rollback.timeout is '2m'; legal: a duration from 100ms to 1m",
                "{target: webhook, url: 'http://h', readBack: 'http://h', retryFor: 0s} | spec.rollback.retryFor is '0s'; legal: a duration from 1s to 1d",
                "{target: webhook, url: 'http://h', readBack: 'http://h', verifyFor: 2d} | spec.rollback.verifyFor is '2d'",
                "{target: webhook, url: 'http://h', readBack: 'http://h', verifyEvery: 1ms} | spec.rollback.verifyEvery is '1ms'",
                "{target: webhook, url: 'http://h', readBack: 'http://h', token: abc} | unknown key 'token' in spec.rollback",
            })
    void aFaultIsToldWithItsPlaceValueAndWhatIsLegal(String rollback, String expected) {
        parse("  rollback: " + rollback);
        assertEquals(1, faults.list().size(), faults.list().toString());
        var fault = faults.list().getFirst().toString();
        assertTrue(fault.startsWith("policy.yaml:6: "), fault);
        assertTrue(fault.contains(expected), fault);
        assertTrue(!fault.contains("pw") && !fault.contains("abc"), fault);
    }

    @Test
    void anAddressFaultNamesWhatIsLegal() {
        parse("  rollback: {target: webhook, url: 'ftp://h', readBack: 'http://h'}");
        assertTrue(faults.list().getFirst().message().endsWith("legal: " + ADDRESS));
    }
}
