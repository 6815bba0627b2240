package dev.portcullis.gate.message.webhook;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.Message;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageSubject;
import dev.portcullis.gate.message.MessageText;
import java.time.Instant;
import java.util.List;

/**
 * Portcullis' own events, as CloudEvents 1.0.
 *
 * @param source where they come from, a URI reference
 */
record CloudEvents(String source) implements EventFormat {
    private static final String TYPE = "dev.portcullis.";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The attributes of one; its data is the caller's business. */
    static ObjectNode event(String id, String source, String type, String subject, Instant time) {
        return JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", type)
                .put("subject", subject)
                .put("time", time.toString())
                .put("datacontenttype", "application/json");
    }

    @Override
    public String described() {
        return "CloudEvents";
    }

    @Override
    public List<ObjectNode> events(Draft draft) {
        var message = draft.message();
        var event = event(
                message.id().toString(),
                source,
                TYPE + message.event().word().replaceFirst("-", "."),
                message.subject().name(),
                message.news().time());
        event.set("data", data(draft));
        return List.of(event);
    }

    private static ObjectNode data(Draft draft) {
        var message = draft.message();
        var data = about(message);
        var figures = data.putArray("figures");
        MessageText.figures(message.news())
                .forEach(figure ->
                        figures.addObject().put("label", figure.label()).put("value", figure.value()));
        var links = data.putObject("links");
        draft.links().release(message.subject()).ifPresent(url -> links.put("release", url));
        draft.links().rollback(message.subject()).ifPresent(url -> links.put("rollback", url));
        draft.links().runbook(message.event()).ifPresent(url -> links.put("runbook", url));
        var ended = data.putArray("ended");
        message.ended().stream().sorted().map(MessageEvent::word).forEach(ended::add);
        return data;
    }

    /** What is told of a message in any format. */
    static ObjectNode about(Message message) {
        var subject = message.subject();
        return JSON.createObjectNode()
                .put("event", message.event().word())
                .put("severity", message.severity().name())
                .put("title", MessageText.title(message.news()))
                .put("text", message.news().text())
                .put("actor", message.news().actor())
                .setAll(about(subject));
    }

    private static ObjectNode about(MessageSubject subject) {
        return JSON.createObjectNode()
                .put("release", subject.name())
                .put("rollback", subject.rollback())
                .put("service", subject.service())
                .put("namespace", subject.namespace())
                .put("rollout", subject.rollout())
                .put("canary", subject.canary())
                .put("stable", subject.stable())
                .put("revision", subject.revision())
                .put("artifact", subject.artifact());
    }
}
