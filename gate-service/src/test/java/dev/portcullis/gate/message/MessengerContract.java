package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.client.HttpMessageTransport;
import dev.portcullis.gate.testing.PlayedReceiver;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the delivery of messages relies on, whatever the receiver is: each kind of messenger against its receiver as that is documented. */
public abstract class MessengerContract {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    /** Longer than any answer takes that comes, however slow the machine. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final MessageLinks LINKS = new MessageLinks("https://gate.example", "https://wiki.example/runbooks");

    @TempDir
    Path folder;

    /** The receiver. */
    protected abstract PlayedReceiver receiver();

    /** The messenger's part of a MessageReceiver: everything below spec. */
    protected abstract String settings(String address, Path secret);

    /** What the secret's file holds. */
    protected abstract String secret();

    protected abstract MessengerKind kind();

    /** An event that the receiver is told something of. */
    protected MessageEvent event() {
        return MessageEvent.RELEASE_ABORTED;
    }

    /** How many different messages the receiver has. */
    protected abstract int taken();

    @AfterEach
    void close() {
        receiver().close();
    }

    protected Messenger messenger() {
        return messenger(receiver().address());
    }

    private Messenger messenger(String address) {
        try {
            Files.writeString(folder.resolve("secret"), secret() + "\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return read(settings(address, folder.resolve("secret")));
    }

    private Messenger read(String settings) {
        var text = "apiVersion: portcullis.dev/v1\nkind: MessageReceiver\nmetadata: {name: someone}\nspec:\n  "
                + kind().name() + ": " + settings + "\n";
        var faults = new Faults();
        var spec = ConfigurationDocument.ofText("receiver.yaml", text, faults)
                .getFirst()
                .spec();
        var settingsRead = spec.requiredMapping(kind().name());
        var messenger = kind().read("someone", settingsRead);
        settingsRead.rejectUnknown();
        assertEquals(List.of(), faults.list());
        return messenger;
    }

    protected static MessageTransport transport() {
        return transport(LIMIT);
    }

    private static MessageTransport transport(Duration limit) {
        var http = new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));
        return new HttpMessageTransport(http, Clock.fixed(NOW, ZoneOffset.UTC), limit);
    }

    protected static Draft draft(Message message, Optional<String> thread, boolean doubtful) {
        return new Draft(message, thread, doubtful, LINKS, NOW);
    }

    protected Delivery.Delivered delivered(Message message, Optional<String> thread) {
        return assertInstanceOf(
                Delivery.Delivered.class, messenger().deliver(draft(message, thread, false), transport()));
    }

    private Delivery.Failed failed() {
        return assertInstanceOf(
                Delivery.Failed.class,
                messenger().deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
    }

    private void assertNothingRefused() {
        assertEquals(List.of(), receiver().refusals());
    }

    @Test
    void aMessageIsDelivered() {
        delivered(SampleMessages.of(event()), Optional.empty());
        assertEquals(1, taken());
        assertNothingRefused();
    }

    @Test
    void everyEventIsTakenWithAndWithoutPlaces() {
        for (var event : MessageEvent.values()) {
            var message = SampleMessages.of(event);
            delivered(message, Optional.empty());
            assertInstanceOf(
                    Delivery.Delivered.class,
                    messenger()
                            .deliver(new Draft(message, Optional.empty(), true, MessageLinks.NONE, NOW), transport()));
        }
        assertNothingRefused();
    }

    @Test
    void whatMayHaveBeenTakenIsNotSeenTwice() {
        var message = SampleMessages.of(event());
        receiver().afterwards(answer -> Response.text(502, "the proxy lost the answer"));
        var failed = assertInstanceOf(
                Delivery.Failed.class, messenger().deliver(draft(message, Optional.empty(), false), transport()));
        assertTrue(failed.doubtful());
        receiver().afterwards(answer -> answer);
        assertInstanceOf(
                Delivery.Delivered.class,
                messenger().deliver(draft(message, Optional.empty(), failed.doubtful()), transport()));
        assertEquals(1, taken());
        assertNothingRefused();
    }

    @Test
    void whoWantsToBeLeftAloneIs() {
        receiver().away(new Response(429, "text/plain", "slow down", Map.of("Retry-After", "7")));
        assertEquals(Duration.ofSeconds(7), failed().pause());
        assertFalse(failed().doubtful());
        receiver().away(new Response(503, "text/plain", "", Map.of("Retry-After", "Sun, 01 Mar 2026 12:02:00 GMT")));
        assertEquals(Duration.ofMinutes(2), failed().pause());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 500, 502, 503})
    void anyOtherStatusIsTriedAgain(int status) {
        receiver().away(Response.text(status, "no"));
        assertEquals(Duration.ZERO, failed().pause());
        assertEquals(0, taken());
    }

    @Test
    void anAnswerThatDoesNotComeIsDoubtful() {
        var end = new CountDownLatch(1);
        receiver().afterwards(answer -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer;
        });
        var failed = assertInstanceOf(
                Delivery.Failed.class,
                messenger()
                        .deliver(
                                draft(SampleMessages.of(event()), Optional.empty(), false),
                                transport(Duration.ofSeconds(1))));
        end.countDown();
        assertTrue(failed.doubtful());
        assertTrue(failed.fault().contains("no answer within"), failed::fault);
    }

    @Test
    void anAnswerThatIsCutOffIsDoubtful() {
        for (var answer :
                List.of(new byte[0], Framing.SHORT_OF_CONTENT_LENGTH.of("application/json", "{\"ok\":true,"))) {
            try (var cutting = new CuttingHttpServer(path -> answer)) {
                var failed = assertInstanceOf(
                        Delivery.Failed.class,
                        messenger(cutting.address())
                                .deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
                assertTrue(failed.doubtful());
            }
        }
    }

    @Test
    void aReceiverThatIsNotThereHasNothing() {
        var messenger = messenger();
        receiver().close();
        var failed = assertInstanceOf(
                Delivery.Failed.class,
                messenger.deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
        assertFalse(failed.doubtful());
    }

    @Test
    void aSecretThatCannotBeUsedIsNamedByItsFileAlone() throws IOException {
        var messenger = messenger();
        for (var content : List.of("", " \n", "two words", "umlaut-ü")) {
            Files.writeString(folder.resolve("secret"), content);
            assertUnusable(messenger, content.strip());
        }
        Files.delete(folder.resolve("secret"));
        assertUnusable(messenger, "");
        assertEquals(List.of(), receiver().arrived(), "nothing was sent");
        assertTrue(messenger.obstacle(transport()).orElseThrow().contains("secret cannot be read"));
    }

    private void assertUnusable(Messenger messenger, String content) {
        var failed = assertInstanceOf(
                Delivery.Failed.class,
                messenger.deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
        assertTrue(failed.fault().startsWith("file " + folder.resolve("secret") + " "), failed::fault);
        assertTrue(content.isEmpty() || !failed.fault().contains(content), failed::fault);
    }

    @Test
    void theSecretIsNowhereButInWhatIsSent() {
        receiver().away(Response.text(400, "you said: " + secret()));
        var delivery = messenger().deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport());
        assertFalse(delivery.toString().contains(secret()), delivery::toString);
        assertFalse(messenger().toString().contains(secret()));
        assertFalse(messenger().described().contains(secret()));
    }

    /** Whoever names a service may not be well-meaning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<@U012AB3CD>",
                "<https://evil.example|click>",
                "&lt;!here&gt; & <>",
                "*bold* _it_ ~no~ `code`",
                "{{x}} ${y} \" \\ '",
                "a\u202eb\u2028c",
                "日本語 😀"
            })
    void namesAreShownAsTheyAre(String name) {
        delivered(SampleMessages.named(event(), name), Optional.empty());
        assertEquals(1, taken());
        assertNothingRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "&", "<", "😀", "日"})
    void longTextsAreCutToWhatIsTaken(String character) {
        var all = Set.of(1_000, 1_023, 1_024, 2_999, 3_001, 100_000);
        for (var length : all) {
            delivered(SampleMessages.told(event(), character.repeat(length)), Optional.empty());
        }
        delivered(SampleMessages.named(event(), character.repeat(253 / character.length())), Optional.empty());
        assertEquals(all.size() + 1, taken());
        assertNothingRefused();
    }

    @Test
    void whatCanBeReachedHasNoObstacle() {
        assertEquals(Optional.empty(), messenger().obstacle(transport()));
        assertEquals(0, taken());
    }
}
