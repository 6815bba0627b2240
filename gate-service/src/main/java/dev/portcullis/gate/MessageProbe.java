package dev.portcullis.gate;

import dev.portcullis.gate.client.HttpMessageTransport;
import dev.portcullis.gate.configuration.MessageDocuments;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.Delivery.Delivered;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.Message;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageLinks;
import dev.portcullis.gate.message.MessageReceiver;
import dev.portcullis.gate.message.MessageSeverity;
import dev.portcullis.gate.message.MessageSubject;
import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.gate.message.News;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.http.TracedHttpClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Receivers of messages as they can be tried without a running service. Thread-safe. */
public final class MessageProbe {
    private static final String SERVICE = "portcullis-test";

    private final Clock clock;
    private final MessageTransport transport;

    public MessageProbe(Clock clock) {
        this.clock = clock;
        this.transport = new HttpMessageTransport(
                new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry())), clock);
    }

    /** The receivers of some documents, by name; what is wrong with them is recorded. */
    public static Map<String, MessageReceiver> receivers(List<ConfigurationDocument> documents, Faults faults) {
        return MessageDocuments.receivers(documents, faults);
    }

    /** What keeps a receiver from being reached; empty when nothing is known to. Sends no message. */
    public Optional<String> obstacle(MessageReceiver receiver) {
        return receiver.messenger().obstacle(transport);
    }

    /**
     * Sends two messages that say that they are a test: one that opens something, and one that ends it, so that nobody is left with an open alert.
     *
     * @return empty when the receiver has both; else why not
     */
    public Optional<String> send(MessageReceiver receiver) {
        var text = "This is a test of the receiver '" + receiver.name() + "' of Portcullis. Nothing has happened.";
        var release = UUID.randomUUID();
        var opened =
                deliver(receiver, message(receiver, release, MessageEvent.RELEASE_ABORTED, text), Optional.empty());
        if (!(opened instanceof Delivered delivered)) {
            return fault(opened);
        }
        var end = message(receiver, release, MessageEvent.ROLLBACK_SUCCEEDED, text);
        return fault(deliver(receiver, end, delivered.thread()));
    }

    private Delivery deliver(MessageReceiver receiver, Message message, Optional<String> thread) {
        var draft = new Draft(message, thread, false, MessageLinks.NONE, clock.instant());
        return receiver.messenger().deliver(draft, transport);
    }

    private static Optional<String> fault(Delivery delivery) {
        return switch (delivery) {
            case Delivered ignored -> Optional.empty();
            case Delivery.Refused refused -> Optional.of(refused.fault());
            case Delivery.Failed failed -> Optional.of(failed.fault());
        };
    }

    private Message message(MessageReceiver receiver, UUID release, MessageEvent event, String text) {
        var subject = new MessageSubject(release, SERVICE, "", "", "canary-1", "stable-1", "v2", "", "");
        var news = new News(event, subject, Origin.GATE, text, Optional.empty(), true, clock.instant());
        var opens = event.opens();
        return new Message(
                UUID.randomUUID(),
                receiver.name(),
                news,
                MessageSeverity.SEV5,
                opens,
                opens ? Set.of() : Set.of(MessageEvent.RELEASE_ABORTED));
    }
}
