package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gate.message.webhook.WebhookKind;
import dev.portcullis.gate.testing.PlayedReceiver;
import dev.portcullis.gate.testing.PlayedWebhook;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WebhookMessengerIT extends MessengerContract {
    private final PlayedWebhook webhook = new PlayedWebhook();

    @Override
    protected PlayedReceiver receiver() {
        return webhook;
    }

    @Override
    protected String settings(String address, Path secret) {
        return "{url: '" + address + "/events?key=another-secret', secretFile: '" + secret + "'}";
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
    void theKeyInTheAddressIsNotTold() {
        webhook.away(Response.text(500, ""));
        var delivery = messenger().deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport());
        assertFalse(delivery.toString().contains("another-secret"), delivery::toString);
        assertFalse(messenger().described().contains("another-secret"));
    }

    @Test
    void whatIsTooLargeStaysSo() {
        webhook.away(Response.text(413, ""));
        assertInstanceOf(
                Delivery.Refused.class,
                messenger().deliver(draft(SampleMessages.of(event()), Optional.empty(), false), transport()));
    }

    @Test
    void anEventHasAllThatIsKnown() {
        var message = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        delivered(message, Optional.empty());
        var event = webhook.events().getFirst();
        assertEquals("dev.portcullis.release.aborted", event.path("type").asText());
        assertEquals(message.id().toString(), event.path("id").asText());
        assertEquals(message.subject().name(), event.path("subject").asText());
        var data = event.path("data");
        assertEquals("SEV3", data.path("severity").asText());
        assertEquals("7d9c8", data.path("canary").asText());
        assertEquals("checkout-availability", data.at("/figures/0/label").asText(), "what it is about comes first");
        assertEquals(
                "https://gate.example/console/services/checkout/releases/"
                        + message.subject().release(),
                data.at("/links/release").asText());
    }
}
