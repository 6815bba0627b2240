package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageRoute;
import dev.portcullis.gate.message.MessageRoutes;
import dev.portcullis.gate.message.SampleMessages;
import dev.portcullis.gate.store.MessageStoreSetup;
import dev.portcullis.gate.testing.GateProcess;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.gate.testing.PlayedPagerDuty;
import dev.portcullis.gate.testing.PlayedReceiver;
import dev.portcullis.gate.testing.PlayedSlack;
import dev.portcullis.gate.testing.PlayedWebhook;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.identity.ServiceGroup;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that is killed after a message was taken and before that is noted: the next one delivers it again, and nobody sees it twice. */
final class MessageCrashIT {
    private static final Duration START = Duration.ofMinutes(2);

    private final DatabaseSettings database = TestDatabase.fresh();

    @AutoClose
    private final MessageStoreSetup store = new MessageStoreSetup(database, MessageCrashIT::routes);

    private final PlayedSlack slack = new PlayedSlack();
    private final PlayedPagerDuty pagerDuty = new PlayedPagerDuty();
    private final PlayedWebhook webhook = new PlayedWebhook();

    @TempDir
    Path folder;

    private static MessageRoutes routes() {
        return new MessageRoutes(List.of(new MessageRoute(
                ServiceGroup.ALL, EnumSet.allOf(MessageEvent.class), List.of("slack", "pager", "events"), Map.of())));
    }

    @BeforeEach
    void configuration() throws IOException {
        var secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("slack"), PlayedSlack.TOKEN);
        Files.writeString(secrets.resolve("pager"), PlayedPagerDuty.ROUTING_KEY);
        Files.writeString(secrets.resolve("events"), PlayedWebhook.SECRET);
        var configuration = Files.createDirectories(folder.resolve("configuration"));
        GateUnderTest.policy(configuration, "checkout", "");
        receiver("slack", "slack: {channel: " + PlayedSlack.CHANNEL + ", apiUrl: " + slack.address() + ", tokenFile: ");
        receiver("pager", "pagerDuty: {apiUrl: " + pagerDuty.address() + ", routingKeyFile: ");
        receiver("events", "webhook: {url: " + webhook.address() + ", secretFile: ");
    }

    private void receiver(String name, String settings) throws IOException {
        Files.writeString(
                folder.resolve("configuration/" + name + ".yaml"),
                "apiVersion: portcullis.dev/v1\nkind: MessageReceiver\nmetadata: {name: " + name + "}\nspec:\n  "
                        + settings + folder.resolve("secrets/" + name) + "}\n");
    }

    private ChildJvm gate(int number) {
        var settings = Map.of(
                "portcullis.db.url", database.url(),
                "portcullis.db.user", database.user(),
                "portcullis.db.password", database.password(),
                "portcullis.config", folder.resolve("configuration").toString(),
                "portcullis.analysis.address", "127.0.0.1:1",
                "portcullis.rollback.address", "127.0.0.1:1",
                "portcullis.peer.key", "a secret of tests",
                "portcullis.http.port", "0",
                "portcullis.grpc.port", "0");
        var arguments = settings.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .toList();
        return ChildJvm.start(GateProcess.class, arguments, Map.of(), folder.resolve("log" + number));
    }

    private boolean allTook(int messages) {
        return slack.posts().size() == messages
                && pagerDuty.alerts().size() == messages
                && webhook.events().size() == messages;
    }

    private Stream<PlayedReceiver> receivers() {
        return Stream.of(slack, pagerDuty, webhook);
    }

    @Test
    void whatWasTakenAndNotNotedIsSeenOnce() throws IOException {
        var release = UUID.randomUUID();
        store.record(SampleMessages.about(release, MessageEvent.RELEASE_ABORTED, Instant.now()));
        var dead = new CountDownLatch(1);
        receivers()
                .forEach(receiver -> receiver.afterwards(answer -> {
                    awaitQuietly(dead);
                    return answer;
                }));
        try (var first = gate(1)) {
            Await.until("all receivers to have it", START, () -> allTook(1));
            first.kill();
        }
        receivers().forEach(receiver -> receiver.afterwards(answer -> answer));
        dead.countDown();
        assertEquals(3, store.messages().backlog().count(), "nothing is noted");
        store.record(SampleMessages.about(release, MessageEvent.ROLLBACK_NEEDS_HUMAN, Instant.now()));
        store.hurry();
        try (var second = gate(2)) {
            Await.until(
                    "all to be delivered",
                    START,
                    () -> store.messages().backlog().count() == 0);
            second.kill();
        }
        assertTrue(allTook(2), "the first once, and the second");
        assertEquals(1, slack.heads().size());
        var triggers = pagerDuty.alerts().values().iterator().next().triggers();
        assertTrue(triggers >= 2, "it was sent again, with the same key");
        receivers().forEach(receiver -> {
            assertEquals(List.of(), receiver.refusals());
            receiver.close();
        });
        assertNoSecrets();
    }

    private void assertNoSecrets() throws IOException {
        var secrets = List.of(PlayedSlack.TOKEN, PlayedPagerDuty.ROUTING_KEY, PlayedWebhook.SECRET);
        for (var log : List.of("log1", "log2")) {
            var text = Files.readString(folder.resolve(log));
            secrets.forEach(secret -> assertFalse(text.contains(secret), log));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
