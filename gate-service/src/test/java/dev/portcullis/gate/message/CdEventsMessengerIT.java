package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.message.webhook.WebhookKind;
import dev.portcullis.gate.testing.PlayedReceiver;
import dev.portcullis.gate.testing.PlayedWebhook;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A webhook that is told in CDEvents. */
final class CdEventsMessengerIT extends MessengerContract {
    private final PlayedWebhook webhook = new PlayedWebhook();

    @Override
    protected PlayedReceiver receiver() {
        return webhook;
    }

    @Override
    protected String settings(String address, Path secret) {
        return "{url: '" + address + "', secretFile: '" + secret + "', format: cdevents, environment: prod1}";
    }

    @Override
    protected String secret() {
        return PlayedWebhook.SECRET;
    }

    @Override
    protected MessengerKind kind() {
        return new WebhookKind();
    }

    @Override
    protected int taken() {
        return webhook.events().size();
    }

    @Test
    void aReleaseThatIsPromotedUpgradesItsService() {
        delivered(SampleMessages.of(MessageEvent.RELEASE_PROMOTED), Optional.empty());
        var event = webhook.events().getFirst();
        assertEquals("dev.cdevents.service.upgraded.0.3.0", event.path("type").asText());
        assertEquals("checkout", event.at("/data/subject/id").asText());
        assertEquals("prod1", event.at("/data/subject/content/environment/id").asText());
        assertEquals(
                "pkg:oci/checkout@sha256%3A" + "0f".repeat(32) + "?repository_url=registry.example/shop/checkout",
                event.at("/data/subject/content/artifactId").asText());
    }

    @Test
    void anAbortIsAnIncidentThatTheRollbackResolves() {
        var aborted = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        delivered(aborted, Optional.empty());
        delivered(SampleMessages.following(aborted, MessageEvent.ROLLBACK_SUCCEEDED), Optional.empty());
        assertEquals(
                List.of(
                        "dev.cdevents.incident.detected.0.3.0",
                        "dev.cdevents.service.rolledback.0.3.0",
                        "dev.cdevents.incident.resolved.0.3.0"),
                webhook.types());
        var ids = webhook.events().stream()
                .map(event -> event.path("subject").asText())
                .toList();
        assertEquals(
                List.of(aborted.subject().name(), "checkout", aborted.subject().name()), ids);
        assertEquals(
                "pkg:generic/checkout@5b6f4",
                webhook.events().get(1).at("/data/subject/content/artifactId").asText());
    }

    @Test
    void anIncidentThatNobodyWasToldOfIsNotResolved() {
        var message = SampleMessages.of(MessageEvent.ROLLBACK_SUCCEEDED);
        var alone = new Message(message.id(), "someone", message.news(), message.severity(), false, Set.of());
        delivered(alone, Optional.empty());
        assertEquals(List.of("dev.cdevents.service.rolledback.0.3.0"), webhook.types());
    }

    @Test
    void whatCdEventsHasNoWordForIsDeliveredWithoutACall() {
        for (var event : EnumSet.of(MessageEvent.PROMOTION_WAITS, MessageEvent.ROLLBACK_FAILED)) {
            delivered(SampleMessages.of(event), Optional.empty());
        }
        assertEquals(List.of(), webhook.arrived());
    }

    @Test
    void whenTheSecondEventIsLostBothAreSentAgainAndSeenOnce() {
        var back = SampleMessages.of(MessageEvent.ROLLBACK_SUCCEEDED);
        var answers = new AtomicInteger();
        webhook.afterwards(answer -> answers.incrementAndGet() == 2 ? Response.text(500, "") : answer);
        var first = messenger().deliver(draft(back, Optional.empty(), false), transport());
        assertEquals(Delivery.Failed.class, first.getClass());
        delivered(back, Optional.empty());
        assertEquals(4, webhook.arrived().size());
        assertEquals(2, taken());
    }
}
