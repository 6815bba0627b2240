package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.gate.testing.PlayedPagerDuty;
import dev.portcullis.gate.testing.PlayedPagerDuty.Alert;
import dev.portcullis.gate.testing.PlayedReceiver;
import dev.portcullis.gate.testing.PlayedSlack;
import dev.portcullis.gate.testing.PlayedWebhook;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running gate tells receivers, from the decision to the message. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MessagesIT {
    private static final String CONSOLE = "https://gate.example";

    @TempDir
    Path folder;

    private final PlayedSlack slack = new PlayedSlack();
    private final PlayedPagerDuty pagerDuty = new PlayedPagerDuty();
    private final PlayedWebhook webhook = new PlayedWebhook();
    private GateUnderTest gate;

    @BeforeEach
    void start() throws IOException {
        var secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("slack"), PlayedSlack.TOKEN);
        Files.writeString(secrets.resolve("pager"), PlayedPagerDuty.ROUTING_KEY);
        Files.writeString(secrets.resolve("webhook"), PlayedWebhook.SECRET);
        var configuration = Files.createDirectories(folder.resolve("configuration"));
        Files.writeString(configuration.resolve("messages.yaml"), documents(secrets));
        GateUnderTest.policy(configuration, "checkout", "");
        GateUnderTest.policy(configuration, "approved", "  gate: {rules: [{approvals: {}}]}");
        gate = new GateUnderTest(
                configuration,
                TestDatabase.fresh(),
                Map.of(
                        "portcullis.messages.console-url",
                        CONSOLE,
                        "portcullis.messages.runbooks-url",
                        "https://wiki.example/runbooks/"));
    }

    private String documents(Path secrets) {
        return """
                apiVersion: portcullis.dev/v1
                kind: MessageReceiver
                metadata: {name: team}
                spec:
                  slack: {channel: %s, tokenFile: %s/slack, apiUrl: %s}
                ---
                apiVersion: portcullis.dev/v1
                kind: MessageReceiver
                metadata: {name: on-call}
                spec:
                  pagerDuty: {routingKeyFile: %s/pager, apiUrl: %s}
                ---
                apiVersion: portcullis.dev/v1
                kind: MessageReceiver
                metadata: {name: dora}
                spec:
                  webhook: {url: %s, secretFile: %s/webhook, format: cdevents}
                ---
                apiVersion: portcullis.dev/v1
                kind: MessageRoute
                metadata: {name: people}
                spec:
                  receivers: [team, on-call]
                ---
                apiVersion: portcullis.dev/v1
                kind: MessageRoute
                metadata: {name: metrics}
                spec:
                  receivers: [dora]
                  events: [release-aborted, release-promoted]
                """.formatted(
                        PlayedSlack.CHANNEL,
                        secrets,
                        slack.address(),
                        secrets,
                        pagerDuty.address(),
                        webhook.address(),
                        secrets);
    }

    @AfterEach
    void stop() {
        gate.close();
        for (var receiver : List.of(slack, pagerDuty, webhook)) {
            receiver.close();
            assertEquals(List.of(), receiver.refusals());
        }
    }

    private String aborted() {
        gate.poll("c1");
        gate.analysis.say("c1", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        var name = gate.poll("c1").path("release").textValue();
        gate.awaitOrder(name);
        return name;
    }

    private void await(String what, Callable<Boolean> condition) {
        Await.until(what, LIMIT, () -> {
            gate.hurryMessages();
            return condition.call();
        });
    }

    private List<String> titles() {
        return slack.heads().stream()
                .flatMap(head -> Stream.concat(
                        Stream.of("# " + head.title()),
                        slack.replies(head).stream().map(PlayedSlack.Post::title)))
                .toList();
    }

    private boolean resolved(String key) {
        return Optional.ofNullable(pagerDuty.alerts().get(key))
                .filter(Alert::resolved)
                .isPresent();
    }

    @Test
    void anAbortIsToldAndItsRecoveryEndsIt() {
        var name = aborted();
        await("the abort", () -> slack.heads().size() == 1 && pagerDuty.alerts().containsKey(name));
        assertEquals(List.of("# checkout: canary c1 was aborted"), titles());
        var shown = slack.heads().getFirst().content().toString();
        assertTrue(shown.contains(CONSOLE + "/console/" + name), shown);
        assertTrue(shown.contains("https://wiki.example/runbooks/release-aborted.md"), shown);
        gate.rollback.stands(Rollback.State.SUCCEEDED, "users recovered");
        await(
                "the recovery",
                () -> resolved(name)
                        && webhook.events().size() == 3
                        && slack.posts().size() == 2);
        assertEquals(List.of("# checkout: rolled back to stable1", "checkout: rolled back to stable1"), titles());
        assertEquals(
                List.of(
                        "dev.cdevents.incident.detected.0.3.0",
                        "dev.cdevents.service.rolledback.0.3.0",
                        "dev.cdevents.incident.resolved.0.3.0"),
                webhook.types());
        assertEquals(1, pagerDuty.alerts().get(name).triggers());
        Await.until(
                "all is counted", LIMIT, () -> gate.metric("portcullis_gate_messages_total{end=\"DELIVERED\"}") == 6);
        assertEquals(0, gate.metric("portcullis_gate_messages_total{end=\"GIVEN_UP\"}"));
    }

    @Test
    void aRollbackThatNeedsAPersonIsToldAfterARestartAndEndsWithALaterOne() {
        var name = aborted();
        await("the abort", () -> pagerDuty.alerts().containsKey(name));
        gate.rollback.stands(Rollback.State.RUNNING, "");
        gate.restart();
        gate.rollback.stands(Rollback.State.NEEDS_HUMAN, "the target refuses; type this");
        var person = name + "/rollback-needs-human";
        await(
                "a person is called",
                () -> pagerDuty.alerts().containsKey(person) && slack.posts().size() == 2);
        assertEquals(
                "critical",
                pagerDuty.alerts().get(person).event().at("/payload/severity").asText());
        assertTrue(slack.posts().getLast().content().toString().contains("the target refuses; type this"));
        assertFalse(resolved(name));
        gate.restart();
        gate.rollback.startedByPeople(Rollback.newBuilder()
                .setName("rollbacks/" + UUID.randomUUID())
                .setService("checkout")
                .setToRevision("stable0")
                .setState(Rollback.State.SUCCEEDED)
                .setDetail("users recovered")
                .setCreateTime(ProtoTimes.timestamp(Instant.now().plusSeconds(1)))
                .build());
        await(
                "it is over",
                () -> resolved(name) && resolved(person) && slack.posts().size() == 3);
        assertEquals(2, pagerDuty.alerts().size());
        assertTrue(slack.posts().getLast().content().toString().contains("users get stable0: users recovered"));
    }

    @Test
    void aRollbackThatIsRefusedCallsAPerson() {
        gate.rollback.refuse(ErrorReason.NO_ROLLBACK_TARGET);
        var name = aborted();
        await("a person is called", () -> pagerDuty.alerts().containsKey(name + "/rollback-refused"));
        var title = "# checkout: no rollback was started, take canary c1 back by hand";
        await("the channel, which is another receiver, has it too", () -> titles().contains(title));
    }

    @Test
    void aReleaseWithoutAStableVersionCallsAPersonAtOnce() {
        gate.poll("checkout", "c1", "");
        gate.analysis.say("c1", Verdict.FAIL, 2);
        var name = gate.poll("checkout", "c1", "").path("release").textValue();
        var refused = name + "/rollback-refused";
        await("a person is called", () -> pagerDuty.alerts().containsKey(refused));
        assertEquals(1, pagerDuty.alerts().size(), "nothing else is open");
    }

    @Test
    void aPromotionThatWaitsForAPersonIsToldUntilItIsDecided() {
        gate.poll("approved", "c1", "stable1");
        gate.analysis.say("c1", Verdict.PASS, 5);
        var name = gate.poll("approved", "c1", "stable1").path("release").textValue();
        await(
                "it is told",
                () -> slack.posts().size() == 1 && pagerDuty.alerts().size() == 1);
        assertEquals(List.of("# approved: the promotion of canary c1 waits for a person"), titles());
        assertEquals(
                "info",
                pagerDuty
                        .alerts()
                        .get(name + "/promotion-waits")
                        .event()
                        .at("/payload/severity")
                        .asText());
        gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("looked at it")
                        .build());
        await(
                "it is over",
                () -> resolved(name + "/promotion-waits")
                        && webhook.events().size() == 1
                        && slack.posts().size() == 2);
        assertEquals("approved: canary c1 may be promoted by hand", titles().getLast());
        assertEquals(List.of("dev.cdevents.service.upgraded.0.3.0"), webhook.types());
    }

    @Test
    void whatIsDecidedWhileAReceiverIsAwayIsToldWhenItIsBack() {
        slack.away(Response.text(503, ""));
        var name = aborted();
        await("the others have it", () -> pagerDuty.alerts().containsKey(name));
        gate.restart();
        gate.rollback.stands(Rollback.State.SUCCEEDED, "");
        await("the others have that too", () -> resolved(name));
        assertEquals(List.of(), slack.posts());
        slack.away(null);
        await("it has both", () -> slack.posts().size() == 2);
        assertEquals(1, slack.heads().size());
    }

    @Test
    void twoReplicasTellOnce() {
        try (var another = gate.another()) {
            assertTrue(another.httpPort() > 0);
            var name = aborted();
            gate.rollback.stands(Rollback.State.SUCCEEDED, "");
            await("all is told", () -> resolved(name) && slack.posts().size() == 2);
            assertEquals(1, pagerDuty.alerts().get(name).triggers());
        }
        assertEquals(2, slack.posts().size());
    }

    @Test
    void anAbortByHandIsToldWithItsReason() {
        var name = gate.poll("c1").path("release").textValue();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("payments fail <!channel>")
                        .build());
        await("it is told", () -> slack.posts().size() == 1);
        assertEquals(List.of("# checkout: canary c1 was aborted by hand"), titles());
        assertTrue(slack.posts().getFirst().content().toString().contains("payments fail &lt;!channel&gt;"));
    }

    @Test
    void ofADryRunNothingIsTold() {
        var question = """
                {"service": "checkout", "revision": "v2", "stable": "v1", "stage": "canary-1", "dryRun": true}""";
        gate.ask(question);
        gate.analysis.say("v2", Verdict.FAIL, 2);
        gate.ask(question);
        gate.poll("c1");
        var name = aborted();
        await(
                "only the other one is told",
                () -> pagerDuty.alerts().containsKey(name) && slack.posts().size() == 1);
        assertEquals(1, pagerDuty.alerts().size());
    }

    @Test
    void secretsAreInNoRowAndInNoAnswer() {
        slack.away(Response.text(500, "you said " + PlayedSlack.TOKEN));
        pagerDuty.away(Response.text(500, "you said " + PlayedPagerDuty.ROUTING_KEY));
        webhook.away(Response.text(500, "you said " + PlayedWebhook.SECRET));
        aborted();
        await("all have tried", () -> Stream.of(slack, pagerDuty, webhook)
                .map(PlayedReceiver::arrived)
                .noneMatch(List::isEmpty));
        var secrets = List.of(PlayedSlack.TOKEN, PlayedPagerDuty.ROUTING_KEY, PlayedWebhook.SECRET);
        Await.until("the faults are noted", LIMIT, () -> !gate.rows("select fault from gate.messages where fault <> ''")
                .isEmpty());
        for (var row : gate.rows("select row_to_json(m)::text from gate.messages m")) {
            secrets.forEach(secret -> assertFalse(row.contains(secret), row));
        }
    }
}
