package dev.portcullis.rollback.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a real API server refuses of a new Event of events.k8s.io/v1 (Kubernetes v1.34, pkg/apis/core/validation/events.go). */
final class KubeEvent {
    private static final int LONGEST_NOTE = 1024;
    private static final int LONGEST_WORD = 128;
    private static final List<String> WORDS = List.of("reportingController", "reportingInstance", "action", "reason");
    private static final Set<String> TYPES = Set.of("Normal", "Warning");
    private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z";

    private KubeEvent() {}

    static Optional<String> fault(JsonNode event, String namespace) {
        if (!event.at("/metadata/name").asText().matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
            return Optional.of("metadata.name: Invalid value");
        }
        if (!event.path("eventTime").asText().matches(TIME)) {
            return Optional.of("eventTime: Required value");
        }
        for (var word : WORDS) {
            var length = event.path(word).asText().length();
            if (length == 0 || length > LONGEST_WORD) {
                return Optional.of(word + ": Required value, or too long");
            }
        }
        if (!TYPES.contains(event.path("type").asText())) {
            return Optional.of("type: Invalid value");
        }
        if (event.path("note").asText().getBytes(UTF_8).length > LONGEST_NOTE) {
            return Optional.of("note: Invalid value: can have at most 1024 characters");
        }
        return event.at("/regarding/namespace").asText().equals(namespace)
                ? Optional.empty()
                : Optional.of("regarding.namespace: Invalid value: does not match event.namespace");
    }
}
