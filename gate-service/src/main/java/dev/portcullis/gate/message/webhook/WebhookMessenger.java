package dev.portcullis.gate.message.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.Delivery.Delivered;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.gate.message.MessageTransport.Answer;
import dev.portcullis.gate.message.MessageTransport.NoAnswerException;
import dev.portcullis.gate.message.MessageTransport.Post;
import dev.portcullis.gate.message.Messenger;
import dev.portcullis.gate.message.SecretFile;
import dev.portcullis.gate.message.SecretFile.UnusableException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Messages to a server of one's own: each event is one POST, which the server answers with a 2xx when it has it. An event that comes again has the same id, which is
 * also the header Idempotency-Key.
 *
 * @param receiver name of the receiver
 * @param url where events are posted; its query may hold a key
 * @param secret file with the key that events are signed with; empty when they are not
 * @param format how events are written
 */
record WebhookMessenger(String receiver, URI url, Optional<SecretFile> secret, EventFormat format)
        implements Messenger {
    private static final int TOO_LARGE = 413;
    private static final int SERVER_ERROR = 500;

    /** Without the query, which may hold a key. */
    @Override
    public URI address() {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath());
    }

    @Override
    public String described() {
        return "webhook " + address() + " (" + format.described() + ")";
    }

    /** Whether the secret can be read; a server that is not known to take anything else than events is not called. */
    @Override
    public Optional<String> obstacle(MessageTransport transport) {
        try {
            signature("probe", Instant.EPOCH, "");
            return Optional.empty();
        } catch (UnusableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Delivery deliver(Draft draft, MessageTransport transport) {
        try {
            for (var event : format.events(draft)) {
                var answer = transport.send(post(event, draft.now()));
                if (!answer.succeeded()) {
                    return failed(answer);
                }
            }
            return Delivered.ALONE;
        } catch (UnusableException e) {
            return e.failed();
        } catch (NoAnswerException e) {
            return e.failed();
        }
    }

    private Post post(ObjectNode event, Instant now) throws UnusableException {
        var id = event.path("id").asText();
        var body = event.toString();
        var headers = new HashMap<>(signature(id, now, body));
        headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
        headers.put("Idempotency-Key", id);
        return new Post(receiver, url, headers, body);
    }

    private Map<String, String> signature(String id, Instant now, String body) throws UnusableException {
        if (secret.isEmpty()) {
            return Map.of();
        }
        try {
            return EventSignature.headers(secret.get().read(), id, now, body);
        } catch (IllegalArgumentException e) {
            throw secret.get().unusable(String.valueOf(e.getMessage()));
        }
    }

    /** What the body of the answer says is not told: it may repeat what was sent. */
    private Delivery failed(Answer answer) {
        var fault = "POST " + address() + " answered " + answer.status() + "; a 2xx is legal";
        return answer.status() == TOO_LARGE
                ? new Delivery.Refused(fault)
                : new Delivery.Failed(fault, answer.status() >= SERVER_ERROR, answer.pause());
    }
}
