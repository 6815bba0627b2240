package dev.portcullis.gate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PagerDuty's Events API v2, with the alerts that it makes of events. */
public final class PlayedPagerDuty extends PlayedReceiver {
    public static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

    /**
     * An alert: of all events of one key the first says what it shows.
     *
     * @param triggers how many events triggered it
     * @param resolved whether one resolved it since
     */
    public record Alert(JsonNode event, int triggers, boolean resolved) {}

    private final Map<String, Alert> alerts = new LinkedHashMap<>();

    /** The alerts by their keys, in the order in which they came. */
    public synchronized Map<String, Alert> alerts() {
        return new LinkedHashMap<>(alerts);
    }

    @Override
    synchronized Response answer(Request request) {
        if (!request.uri().getPath().equals("/v2/enqueue")
                || !header(request, "content-type").equals("application/json")) {
            return refuse("path or content type", Response.text(404, "not found"));
        }
        if (request.body().length() > 512 * 1024) {
            return refuse("size", Response.text(413, "too large"));
        }
        var event = json(request.body());
        if (!event.path("routing_key").asText().equals(ROUTING_KEY)) {
            return invalid("Invalid routing key");
        }
        var fault = fault(event);
        if (fault.isPresent()) {
            return refuse(fault.get(), invalid(fault.get()));
        }
        apply(event);
        return Response.json(202, "{\"status\":\"success\",\"message\":\"Event processed\"}");
    }

    private static Response invalid(String error) {
        return Response.json(
                400,
                "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\"" + error
                        + "\"]}");
    }

    private void apply(JsonNode event) {
        var key = event.path("dedup_key").asText();
        var known = Optional.ofNullable(alerts.get(key));
        if (event.path("event_action").asText().equals("trigger")) {
            var open = known.filter(alert -> !alert.resolved());
            alerts.put(
                    key,
                    new Alert(
                            open.map(Alert::event).orElse(event),
                            known.map(Alert::triggers).orElse(0) + 1,
                            false));
        } else {
            known.ifPresent(alert -> alerts.put(key, new Alert(alert.event(), alert.triggers(), true)));
        }
    }

    private static Optional<String> fault(JsonNode event) {
        var action = event.path("event_action").asText();
        if (!List.of("trigger", "acknowledge", "resolve").contains(action)) {
            return Optional.of("event_action");
        }
        var key = event.path("dedup_key").asText();
        if (key.isEmpty() || key.length() > 255) {
            return Optional.of("dedup_key");
        }
        return action.equals("trigger") ? content(event) : Optional.empty();
    }

    private static Optional<String> content(JsonNode event) {
        var payload = event.path("payload");
        var summary = payload.path("summary").asText();
        if (summary.isEmpty() || summary.length() > 1_024) {
            return Optional.of("summary of " + summary.length() + " characters");
        }
        if (payload.path("source").asText().isEmpty()) {
            return Optional.of("source");
        }
        if (!List.of("critical", "error", "warning", "info")
                .contains(payload.path("severity").asText())) {
            return Optional.of("severity");
        }
        Instant.parse(payload.path("timestamp").asText());
        for (var link : event.path("links")) {
            if (!link.path("href").asText().startsWith("http")) {
                return Optional.of("link");
            }
        }
        return Optional.empty();
    }
}
