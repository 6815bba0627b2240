package dev.portcullis.rollback.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        var limits = new Limits(
                Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(60));
        var recovery = new Recovery(true, Duration.ofMinutes(15), WithoutProof.NEEDS_HUMAN);
        var plan = new Plan(List.of(webhook("http://h/return", values)), recovery, limits);
        assertEquals(Optional.of(plan), plans.planOf("checkout", Mode.LIVE));
        assertEquals(Optional.of(plan), plans.planOf("checkout", Mode.DRY_RUN));
        assertEquals(Optional.empty(), plans.planOf("checkout", Mode.STAGING));
        assertEquals(Optional.empty(), plans.planOf("cart", Mode.LIVE));
    }

    @Test
    void everythingCanBeSaid() {
        var plans = parse("  rollback: {target: webhook, url: 'http://h/return', readBack: 'http://h/where',"
                + " tokenFile: /run/token, timeout: 750ms, retryFor: 1h, confirmFor: 90s, confirmEvery: 2s,"
                + " trafficBackWithin: 30s, recovery: {check: false, within: 5m, withoutProof: accept}}");
        assertEquals("[]", faults.list().toString());
        var values = Map.of(
                "url", "http://h/return",
                "readBack", "http://h/where",
                "tokenFile", "/run/token",
                "timeout", "PT0.75S");
        var limits =
                new Limits(Duration.ofHours(1), Duration.ofSeconds(90), Duration.ofSeconds(2), Duration.ofSeconds(30));
        var recovery = new Recovery(false, Duration.ofMinutes(5), WithoutProof.ACCEPT);
        assertEquals(
                Optional.of(new Plan(List.of(webhook("http://h/return", values)), recovery, limits)),
                plans.planOf("checkout", Mode.LIVE));
    }

    private static Stage webhook(String url, Map<String, String> values) {
        return new Stage(new TargetSettings("webhook", "webhook checkout " + url, values), false, false);
    }

    @Test
    void targetsCanBeChained() {
        var plans = parse(
                "  rollback: {retryFor: 2h, steps: [{target: webhook, optional: true, url: 'http://a/r', readBack: 'http://a/w'},"
                        + " {target: webhook, url: 'http://b/r', readBack: 'http://b/w'}]}");
        assertEquals("[]", faults.list().toString());
        var plan = plans.planOf("checkout", Mode.LIVE).orElseThrow();
        assertEquals(
                List.of("webhook checkout http://a/r", "webhook checkout http://b/r"),
                plan.stages().stream().map(stage -> stage.target().identity()).toList());
        assertEquals(
                List.of(true, false),
                plan.stages().stream().map(Stage::optional).toList());
        assertEquals(Duration.ofHours(2), plan.limits().retryFor());
    }

    @Test
    void aDrillCanHaveTargetsOfItsOwn() {
        var plans = parse("  rollback: {target: webhook, url: 'http://a/r', readBack: 'http://a/w',"
                + " staging: {target: webhook, url: 'http://s/r', readBack: 'http://s/w', trafficBackWithin: 10s}}");
        assertEquals("[]", faults.list().toString());
        var staging = plans.planOf("checkout", Mode.STAGING).orElseThrow();
        assertEquals(Duration.ofSeconds(10), staging.limits().trafficBackWithin());
        assertEquals(
                "webhook checkout http://s/r",
                staging.stages().getFirst().target().identity());
        assertEquals(
                "webhook checkout http://a/r",
                plans.planOf("checkout", Mode.LIVE)
                        .orElseThrow()
                        .stages()
                        .getFirst()
                        .target()
                        .identity());
    }

    @Test
    void aPolicyWithoutAWayBackIsLegal() {
        assertEquals(Optional.empty(), parse("").planOf("checkout", Mode.LIVE));
        assertEquals("[]", faults.list().toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{url: 'http://h', readBack: 'http://h'} | spec.rollback.target is missing; legal: one of target and steps, a target being one of ",
                "{target: carrier-pigeon, namespace: shop} | spec.rollback.target is 'carrier-pigeon'; legal: ",
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
                "{target: webhook, url: 'http://h', readBack: 'http://h', confirmFor: 2d} | spec.rollback.confirmFor is '2d'",
                "{target: webhook, url: 'http://h', readBack: 'http://h', confirmEvery: 1ms} | spec.rollback.confirmEvery is '1ms'",
                "{target: webhook, url: 'http://h', readBack: 'http://h', steps: []} | spec.rollback.target stands beside steps; legal: one of",
                "{steps: []} | spec.rollback.steps is empty",
                "{steps: [{url: 'http://h', readBack: 'http://h'}]} | spec.rollback.steps[0].target is missing; legal: ",
                "{steps: [{target: webhook, url: 'http://h', readBack: 'http://h', retryFor: 1m}]} | unknown key 'retryFor' in spec.rollback.steps[0]",
                "{target: webhook, url: 'http://h', readBack: 'http://h', trafficBackWithin: 0s} | spec.rollback.trafficBackWithin is '0s'",
                "{target: webhook, url: 'http://h', readBack: 'http://h', recovery: {within: 1s}} | spec.rollback.recovery.within is '1s'; legal: a duration from 1m to 6h",
                "{target: webhook, url: 'http://h', readBack: 'http://h', recovery: {withoutProof: maybe}} | legal: needs-human, accept",
                "{target: webhook, url: 'http://h', readBack: 'http://h', staging: {target: webhook, url: 'http://h'}} | spec.rollback.staging.readBack is missing",
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
