package dev.portcullis.gate.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.message.MessageBook;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageRoutes.Addressee;
import dev.portcullis.gate.message.MessageSeverity;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.configuration.LiveConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageDocumentsTest {
    private static final String DOCUMENTS = """
            apiVersion: portcullis.dev/v1
            kind: MessageReceiver
            metadata: {name: team}
            spec:
              giveUpAfter: 1d
              slack: {channel: C0123456789, tokenFile: /run/slack-token}
            ---
            apiVersion: portcullis.dev/v1
            kind: MessageReceiver
            metadata: {name: on-call}
            spec:
              pagerDuty: {routingKeyFile: /run/key}
            ---
            apiVersion: portcullis.dev/v1
            kind: MessageReceiver
            metadata: {name: archive}
            spec:
              webhook: {url: 'https://events.example/in', secretFile: /run/secret, format: cdevents, environment: prod1}
            ---
            apiVersion: portcullis.dev/v1
            kind: MessageRoute
            metadata: {name: everybody}
            spec:
              receivers: [team]
            ---
            apiVersion: portcullis.dev/v1
            kind: MessageRoute
            metadata: {name: carts}
            spec:
              services: ['ca*']
              receivers: [on-call]
              events: [rollback-needs-human, rollback-failed]
              severities: {rollback-failed: SEV2}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void aPolicy() {
        GateUnderTest.policy(folder, "cart", "");
    }

    private MessageBook read(String documents) throws IOException {
        Files.writeString(folder.resolve("messages.yaml"), documents);
        try (var live = LiveConfiguration.open(
                folder,
                (all, faults) -> GatePolicies.parse(all, faults, RuleWiring.policyRules()),
                Duration.ofMinutes(1))) {
            return live.current().messages();
        }
    }

    @Test
    void receiversAndRoutesAreRead() throws IOException {
        var book = read(DOCUMENTS);
        assertEquals(Duration.ofDays(1), book.receivers().get("team").giveUpAfter());
        assertEquals(Duration.ofDays(3), book.receivers().get("on-call").giveUpAfter());
        assertEquals(
                "webhook https://events.example/in (CDEvents)",
                book.receivers().get("archive").messenger().described());
        assertEquals(
                List.of(
                        new Addressee("on-call", true, MessageSeverity.SEV2),
                        new Addressee("team", true, MessageSeverity.SEV1)),
                List.copyOf(book.routes().addressees("cart", MessageEvent.ROLLBACK_FAILED)));
        assertEquals(
                List.of(
                        new Addressee("on-call", false, MessageSeverity.SEV3),
                        new Addressee("team", true, MessageSeverity.SEV3)),
                List.copyOf(book.routes().addressees("cart", MessageEvent.RELEASE_ABORTED)));
        assertEquals(
                1,
                book.routes().addressees("search", MessageEvent.ROLLBACK_FAILED).size());
    }

    @Test
    void unlessARouteSaysSoOnlyWhatCallsPeopleIsTold() {
        assertEquals(
                List.of(
                        "release-aborted",
                        "release-failed",
                        "promotion-waits",
                        "rollback-refused",
                        "rollback-needs-human",
                        "rollback-failed"),
                MessageEvent.words(MessageEvent.forPeople()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channel: C0123456789 | channel: '#deploys' | spec.slack.channel is '#deploys'; legal: the id of a channel",
                "tokenFile: /run/slack-token | tokenFile: token | spec.slack.tokenFile is 'token'; legal: an absolute path",
                "tokenFile: /run/slack-token | token: xoxb-1 | spec.slack.tokenFile is missing",
                "'https://events.example/in' | 'https://me:pass@events.example/in' | spec.webhook.url is not legal; legal: an http or https address without user, password and fragment",
                "'https://events.example/in' | 'ftp://events.example/in' | spec.webhook.url is not legal",
                "format: cdevents, | format: cloudevents, | spec.webhook.environment is for format cdevents",
                "format: cdevents, | format: xml, | spec.webhook.format is 'xml'",
                "{name: on-call} | {name: on call} | metadata.name is 'on call'; legal for a MessageReceiver",
                "pagerDuty: {routingKeyFile: /run/key} | {} | spec has 0 ways to the receiver; legal: one of slack, pagerDuty, webhook",
                "receivers: [team] | receivers: [tema] | spec.receivers names 'tema', which no MessageReceiver is called",
                "receivers: [team] | receivers: [] | spec.receivers is missing or empty",
                "services: ['ca*'] | services: [chart] | spec.services names 'chart', which no ReleasePolicy is for",
                "rollback-failed] | rollback-fails] | spec.events has 'rollback-fails'; legal: release-aborted, ",
                "SEV2 | P2 | spec.severities.rollback-failed is 'P2'; legal: SEV1, SEV2",
                "{rollback-failed: SEV2} | {rollback: SEV2} | is no event; legal: release-aborted, ",
                "giveUpAfter: 1d | giveUpAfter: 1s | spec.giveUpAfter is '1s'; legal: a duration from 10m to 30d"
            })
    void whatIsWrongIsNamed(String right, String wrong, String fault) {
        assertTrue(DOCUMENTS.contains(right), right);
        var refused = assertThrows(ConfigurationException.class, () -> read(DOCUMENTS.replace(right, wrong)));
        var message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("messages.yaml:") && message.contains(fault), message);
    }

    @Test
    void noFaultShowsAPassword() {
        var refused = assertThrows(
                ConfigurationException.class,
                () -> read(DOCUMENTS.replace("https://events", "https://me:hunter2@events")));
        assertTrue(!String.valueOf(refused.getMessage()).contains("hunter2"), refused.getMessage());
    }
}
