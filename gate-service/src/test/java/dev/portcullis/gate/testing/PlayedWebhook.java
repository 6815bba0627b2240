package dev.portcullis.gate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server that takes CloudEvents, and CDEvents among them, with the signatures of Standard Webhooks; the same id twice is one event. */
public final class PlayedWebhook extends PlayedReceiver {
    /** "a secret of a webhook" in Base64. */
    public static final String SECRET = "whsec_YSBzZWNyZXQgb2YgYSB3ZWJob29r";

    private static final Set<String> CD_EVENTS = Set.of(
            "dev.cdevents.service.deployed.0.3.0",
            "dev.cdevents.service.upgraded.0.3.0",
            "dev.cdevents.service.rolledback.0.3.0",
            "dev.cdevents.incident.detected.0.3.0",
            "dev.cdevents.incident.resolved.0.3.0");

    private final Map<String, JsonNode> events = new LinkedHashMap<>();

    /** The events, in the order in which they came first. */
    public synchronized List<JsonNode> events() {
        return new ArrayList<>(events.values());
    }

    /** The types of the events. */
    public List<String> types() {
        return events().stream().map(event -> event.path("type").asText()).toList();
    }

    @Override
    synchronized Response answer(Request request) {
        var fault = fault(request);
        if (fault.isPresent()) {
            return refuse(fault.get(), Response.text(400, fault.get()));
        }
        var event = json(request.body());
        events.putIfAbsent(event.path("id").asText(), event);
        return Response.text(204, "");
    }

    private static Optional<String> fault(Request request) {
        if (!header(request, "content-type").equals("application/cloudevents+json; charset=utf-8")) {
            return Optional.of("content type");
        }
        var event = json(request.body());
        if (!header(request, "idempotency-key").equals(event.path("id").asText())) {
            return Optional.of("Idempotency-Key");
        }
        return signed(request, event.path("id").asText())
                .or(() -> attributes(event))
                .or(() -> event.path("type").asText().startsWith("dev.cdevents.") ? cdEvent(event) : Optional.empty());
    }

    private static Optional<String> signed(Request request, String id) {
        var time = header(request, "webhook-timestamp");
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
            var expected = mac.doFinal((id + "." + time + "." + request.body()).getBytes(StandardCharsets.UTF_8));
            return header(request, "webhook-signature")
                                    .equals("v1," + Base64.getEncoder().encodeToString(expected))
                            && header(request, "webhook-id").equals(id)
                    ? Optional.empty()
                    : Optional.of("signature");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> attributes(JsonNode event) {
        for (var required : List.of("id", "source", "type")) {
            if (event.path(required).asText().isEmpty()) {
                return Optional.of(required);
            }
        }
        Instant.parse(event.path("time").asText());
        return event.path("specversion").asText().equals("1.0")
                        && event.path("data").isObject()
                ? Optional.empty()
                : Optional.of("specversion or data");
    }

    /** By the schemas of CDEvents 0.5.1. */
    private static Optional<String> cdEvent(JsonNode event) {
        var data = event.path("data");
        var context = data.path("context");
        var same = List.of("id", "source", "type").stream()
                .allMatch(name -> event.path(name).equals(context.path(name)));
        if (!same || !event.path("time").equals(context.path("timestamp"))) {
            return Optional.of("the binding to CloudEvents");
        }
        if (!context.path("specversion").asText().equals("0.5.1")
                || !CD_EVENTS.contains(context.path("type").asText())) {
            return Optional.of("version or type");
        }
        var subject = data.path("subject");
        var content = subject.path("content");
        if (!event.path("subject").equals(subject.path("id"))
                || subject.path("id").asText().isEmpty()) {
            return Optional.of("subject");
        }
        if (content.at("/environment/id").asText().isEmpty()
                || !content.path("artifactId").asText().matches("pkg:[a-z]+/[^@]+@.+")) {
            return Optional.of("environment or artifactId");
        }
        return onlyKnown(data, Set.of("context", "subject", "customData", "customDataContentType"))
                .or(() -> onlyKnown(context, Set.of("specversion", "id", "chainId", "source", "type", "timestamp")))
                .or(() -> onlyKnown(subject, Set.of("id", "source", "content")))
                .or(() -> onlyKnown(content, Set.of("description", "environment", "service", "artifactId")));
    }

    private static Optional<String> onlyKnown(JsonNode object, Set<String> names) {
        return object.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !names.contains(name))
                .findFirst()
                .map(name -> "unknown " + name);
    }
}
