package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.message.pagerduty.PagerDutyKind;
import dev.portcullis.gate.testing.PlayedPagerDuty;
import dev.portcullis.gate.testing.PlayedReceiver;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PagerDutyMessengerIT extends MessengerContract {
    private final PlayedPagerDuty pagerDuty = new PlayedPagerDuty();

    @Override
    protected PlayedReceiver receiver() {
        return pagerDuty;
    }

    @Override
    protected String settings(String address, Path secret) {
        return "{routingKeyFile: '" + secret + "', apiUrl: '" + address + "/'}";
    }

    @Override
    protected String secret() {
        return PlayedPagerDuty.ROUTING_KEY;
    }

    @Override
    protected MessengerKind kind() {
        return new PagerDutyKind();
    }

    @Override
    protected int taken() {
        return pagerDuty.alerts().size();
    }

    @Test
    void anAlertHasTheNameOfTheReleaseAsKeyAndIsResolvedByIt() {
        var aborted = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        delivered(aborted, Optional.empty());
        var alert = pagerDuty.alerts().get(aborted.subject().name());
        var event = alert.event();
        assertEquals("warning", event.at("/payload/severity").asText());
        assertEquals(
                "checkout: canary 7d9c8 was aborted. checkout-availability: 48 of 1,200 requests failed.",
                event.at("/payload/summary").asText());
        assertEquals(
                List.of(
                        "https://wiki.example/runbooks/release-aborted.md",
                        event.path("client_url").asText()),
                event.path("links").findValuesAsText("href"));
        delivered(SampleMessages.following(aborted, MessageEvent.ROLLBACK_SUCCEEDED), Optional.empty());
        assertTrue(pagerDuty.alerts().get(aborted.subject().name()).resolved());
        assertEquals(1, taken(), "what was never open makes no alert when it is resolved");
    }

    /** Otherwise nobody would be woken: an alert keeps the severity of its first event. */
    @Test
    void aRollbackThatNeedsAPersonIsAnAlertOfItsOwn() {
        var aborted = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        delivered(aborted, Optional.empty());
        delivered(SampleMessages.following(aborted, MessageEvent.ROLLBACK_NEEDS_HUMAN), Optional.empty());
        var alert = pagerDuty.alerts().get(aborted.subject().name() + "/rollback-needs-human");
        assertEquals("critical", alert.event().at("/payload/severity").asText());
        delivered(SampleMessages.following(aborted, MessageEvent.ROLLBACK_SUCCEEDED), Optional.empty());
        assertTrue(pagerDuty.alerts().values().stream().allMatch(PlayedPagerDuty.Alert::resolved));
    }

    @Test
    void theSeverityIsThatOfTheMessage() {
        for (var severity : EnumSet.allOf(MessageSeverity.class)) {
            var message = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
            var sent = new Message(message.id(), message.receiver(), message.news(), severity, true, message.ended());
            delivered(sent, Optional.empty());
        }
        assertEquals(
                List.of("critical", "error", "warning", "info", "info"),
                pagerDuty.alerts().values().stream()
                        .map(alert -> alert.event().at("/payload/severity").asText())
                        .toList());
    }

    @Test
    void aMessageThatOpensNothingMakesNoAlert() {
        delivered(SampleMessages.of(MessageEvent.RELEASE_PROMOTED), Optional.empty());
        assertEquals(0, taken());
    }

    @Test
    void aWrongKeyCanBeMendedAndAWrongEventCannot() throws IOException {
        var messenger = messenger();
        Files.writeString(folder.resolve("secret"), "f".repeat(32));
        var message = SampleMessages.of(MessageEvent.RELEASE_ABORTED);
        var failed = assertInstanceOf(
                Delivery.Failed.class, messenger.deliver(draft(message, Optional.empty(), false), transport()));
        assertTrue(failed.fault().contains("Invalid routing key"), failed::fault);
        pagerDuty.away(Response.json(400, "{\"errors\":[\"'payload.summary' is missing or blank\"]}"));
        assertInstanceOf(
                Delivery.Refused.class, messenger.deliver(draft(message, Optional.empty(), false), transport()));
    }

    @Test
    void itIsNotThereWhenItDoesNotAnswerAsPagerDuty() {
        pagerDuty.away(Response.text(503, ""));
        assertEquals(
                Optional.of("PagerDuty answered an incomplete event with 503"),
                messenger().obstacle(transport()));
    }
}
