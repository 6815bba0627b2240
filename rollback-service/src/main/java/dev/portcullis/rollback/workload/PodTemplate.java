package dev.portcullis.rollback.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A pod template as a workload has it. An API server fills in the same defaults in every object it shows, so templates of a Deployment and of its ReplicaSets
 * are equal exactly when they mean the same.
 *
 * @param json without what only ReplicaSets have, and without what is empty
 */
public record PodTemplate(JsonNode json) {
    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The template of a workload. */
    public static PodTemplate ofWorkload(JsonNode workload) {
        return cleaned(copy(workload));
    }

    /** The template a workload had when it made a ReplicaSet. */
    static PodTemplate ofReplicaSet(JsonNode replicaSet, RevisionMarks marks) {
        var template = copy(replicaSet);
        if (template.at("/metadata/labels") instanceof ObjectNode labels) {
            labels.remove(marks.hashLabel());
        }
        marks.additions().takeOut(replicaSet, template);
        return cleaned(template);
    }

    private static ObjectNode copy(JsonNode object) {
        return object.at("/spec/template") instanceof ObjectNode template
                ? template.deepCopy()
                : SORTED.createObjectNode();
    }

    private static PodTemplate cleaned(ObjectNode template) {
        if (template.path("metadata") instanceof ObjectNode meta) {
            for (var key : List.of("creationTimestamp", "labels", "annotations")) {
                if (meta.path(key).isNull() || meta.path(key).isEmpty()) {
                    meta.remove(key);
                }
            }
        }
        return new PodTemplate(template);
    }

    /** A name for this template and no other. */
    public String fingerprint() {
        try {
            var text = SORTED.writeValueAsString(SORTED.convertValue(json, Object.class));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a pod template without a fingerprint", e);
        }
    }
}
