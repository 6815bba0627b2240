package dev.portcullis.gate.message.pagerduty;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.Delivery.Delivered;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageSubject;
import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.gate.message.MessageTransport.Answer;
import dev.portcullis.gate.message.MessageTransport.NoAnswerException;
import dev.portcullis.gate.message.MessageTransport.Post;
import dev.portcullis.gate.message.Messenger;
import dev.portcullis.gate.message.SecretFile;
import dev.portcullis.gate.message.SecretFile.UnusableException;
import dev.portcullis.kit.text.PlainText;
import java.net.URI;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Alerts of PagerDuty by its Events API v2: what opens something triggers an alert, what ends it resolves that. Their keys are made of the release's name, so that
 * the same event twice is one alert.
 *
 * @param receiver name of the receiver
 * @param routingKey file with the integration key
 * @param apiUrl address of the Events API, without a slash at its end
 */
record PagerDutyMessenger(String receiver, SecretFile routingKey, String apiUrl) implements Messenger {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_FAULT = 300;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public URI address() {
        return URI.create(apiUrl);
    }

    @Override
    public String described() {
        return "PagerDuty";
    }

    /** An event without a content tells whether there is somebody who reads the key, and makes no alert. */
    @Override
    public Optional<String> obstacle(MessageTransport transport) {
        try {
            var answer = send(JSON.createObjectNode().put("routing_key", routingKey.read()), transport);
            return answer.status() == BAD_REQUEST
                    ? Optional.empty()
                    : Optional.of("PagerDuty answered an incomplete event with " + answer.status());
        } catch (UnusableException | NoAnswerException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Delivery deliver(Draft draft, MessageTransport transport) {
        try {
            var key = routingKey.read();
            var events = new ArrayList<ObjectNode>();
            var message = draft.message();
            message.ended().stream().sorted().forEach(ended -> events.add(resolve(message.subject(), ended)));
            if (message.opening()) {
                events.add(trigger(draft));
            }
            for (var event : events) {
                var answer = send(event.put("routing_key", key), transport);
                if (!answer.succeeded()) {
                    return failed(answer, key);
                }
            }
            return Delivered.ALONE;
        } catch (UnusableException e) {
            return e.failed();
        } catch (NoAnswerException e) {
            return e.failed();
        }
    }

    private Answer send(ObjectNode event, MessageTransport transport) throws NoAnswerException {
        return transport.send(new Post(
                receiver,
                URI.create(apiUrl + "/v2/enqueue"),
                Map.of("Content-Type", "application/json"),
                event.toString()));
    }

    private static Delivery failed(Answer answer, String key) {
        var said = PlainText.line(answer.body().replace(key, "(the routing key)"), LONGEST_FAULT);
        var fault = "PagerDuty answered with status " + answer.status() + ": " + said;
        // A wrong key is mended in its file; anything else that is wrong with an event stays wrong.
        var wrongKey = said.toLowerCase(Locale.ROOT).matches(".*routing[ _]key.*");
        return answer.status() == BAD_REQUEST && !wrongKey
                ? new Delivery.Refused(fault)
                : new Delivery.Failed(fault, answer.status() != TOO_MANY_REQUESTS, answer.pause());
    }

    private static ObjectNode resolve(MessageSubject subject, MessageEvent ended) {
        return JSON.createObjectNode().put("event_action", "resolve").put("dedup_key", key(subject, ended));
    }

    private static ObjectNode trigger(Draft draft) {
        var event = JSON.createObjectNode()
                .put("event_action", "trigger")
                .put("dedup_key", key(draft.message().subject(), draft.message().event()))
                .put("client", "Portcullis");
        draft.links().release(draft.message().subject()).ifPresent(url -> event.put("client_url", url));
        event.set("payload", PagerDutyPayload.of(draft));
        event.set("links", PagerDutyPayload.links(draft));
        return event;
    }

    /**
     * The name of the release, and behind it what else than its abort is open. An alert keeps the severity of its first event, so that a rollback that needs a person
     * is an alert of its own.
     */
    private static String key(MessageSubject subject, MessageEvent event) {
        var suffix = event == MessageEvent.RELEASE_ABORTED ? "" : "/" + event.word();
        var key = subject.name() + suffix;
        return key.length() <= LONGEST_KEY ? key : "releases/" + subject.release() + suffix;
    }
}
