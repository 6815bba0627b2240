package dev.portcullis.gate.message.webhook;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.Message;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageSubject;
import dev.portcullis.gate.message.MessageText;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of CDEvents 0.5.1 in its CloudEvents binding: services that were deployed, upgraded and rolled back, and incidents that were detected and resolved.
 *
 * @param source where they come from, a URI reference
 * @param environment id of the environment that Portcullis guards
 */
record CdEvents(String source, String environment) implements EventFormat {
    private static final String VERSION = "0.5.1";
    private static final String TYPE_VERSION = ".0.3.0";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String described() {
        return "CDEvents";
    }

    @Override
    public List<ObjectNode> events(Draft draft) {
        var message = draft.message();
        var subject = message.subject();
        List<ObjectNode> events = new ArrayList<>();
        switch (message.event()) {
            case RELEASE_PROMOTED ->
                events.add(service(message, subject.stable().isEmpty() ? "deployed" : "upgraded", released(subject)));
            case RELEASE_ABORTED -> {
                if (message.opening()) {
                    events.add(incident(message, "detected"));
                }
            }
            case ROLLBACK_SUCCEEDED -> {
                events.add(service(message, "rolledback", restored(subject)));
                if (message.ended().contains(MessageEvent.RELEASE_ABORTED)) {
                    events.add(incident(message, "resolved"));
                }
            }
            case RELEASE_FAILED,
                    RELEASE_ENDED,
                    PROMOTION_WAITS,
                    ROLLBACK_REFUSED,
                    ROLLBACK_NEEDS_HUMAN,
                    ROLLBACK_FAILED,
                    ROLLBACK_CANCELLED -> {} // CDEvents has no word for it
        }
        return List.copyOf(events);
    }

    private static String released(MessageSubject subject) {
        return PackageUrl.of(
                subject.artifact(),
                subject.service(),
                subject.revision().isEmpty() ? subject.canary() : subject.revision());
    }

    private static String restored(MessageSubject subject) {
        return PackageUrl.ofVersion(subject.service(), subject.stable());
    }

    private ObjectNode service(Message message, String predicate, String artifact) {
        var content = JSON.createObjectNode();
        content.putObject("environment").put("id", environment);
        content.put("artifactId", artifact);
        return event(message, "service", predicate, message.subject().service(), content);
    }

    private ObjectNode incident(Message message, String predicate) {
        var content = JSON.createObjectNode()
                .put(
                        "description",
                        MessageText.title(message.news()) + ". "
                                + message.news().text());
        content.putObject("environment").put("id", environment);
        content.putObject("service").put("id", message.subject().service());
        content.put("artifactId", released(message.subject()));
        return event(message, "incident", predicate, message.subject().name(), content);
    }

    /** The incident that a rollback resolves is another event than the rollback, and so has an id of its own. */
    private ObjectNode event(Message message, String subject, String predicate, String id, ObjectNode content) {
        var type = "dev.cdevents." + subject + "." + predicate + TYPE_VERSION;
        var eventId = message.id() + (predicate.equals("resolved") ? "-resolved" : "");
        var time = message.news().time();
        var data = JSON.createObjectNode();
        data.putObject("context")
                .put("specversion", VERSION)
                .put("id", eventId)
                .put("chainId", message.subject().release().toString())
                .put("source", source)
                .put("type", type)
                .put("timestamp", time.toString());
        data.putObject("subject").put("id", id).put("source", source).set("content", content);
        data.set("customData", CloudEvents.about(message));
        data.put("customDataContentType", "application/json");
        var event = CloudEvents.event(eventId, source, type, id, time);
        event.set("data", data);
        return event;
    }
}
