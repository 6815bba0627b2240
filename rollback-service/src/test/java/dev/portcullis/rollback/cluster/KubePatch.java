package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a patch makes of an object, as a real API server does it and fabric8's mock does not: null removes a key, a JSON Patch whose test fails is a 422 that
 * does not say why, and the parts of an object that are not the patch's business stay.
 */
final class KubePatch {
    /** The patch is refused. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final KubeAnswer answer;

        RefusedException(int status, String message) {
            super(message);
            answer = KubeAnswer.fault(status, message);
        }

        KubeAnswer answer() {
            return answer;
        }
    }

    private static final List<String> KEPT =
            List.of("name", "namespace", "uid", "creationTimestamp", "generation", "resourceVersion");

    private KubePatch() {}

    /**
     * The object after the patch; the same generation and version when nothing changed.
     *
     * @param isStatus whether it came to the status alone
     * @param statusApart whether the kind keeps its status apart
     */
    static ObjectNode apply(ObjectNode now, KubeRequest request, JsonNode patch, boolean isStatus, boolean statusApart)
            throws RefusedException {
        var wanted = patched(now, request, patch);
        refuseStale(now, wanted);
        var after = now.deepCopy();
        if (isStatus) {
            take(after, wanted, "status");
            return after;
        }
        for (var key : keys(now, wanted)) {
            if (!(key.equals("status") && statusApart)) {
                take(after, wanted, key);
            }
        }
        KEPT.forEach(key -> take(meta(after), meta(now), key));
        if (isOfNewGeneration(now, after, statusApart)) {
            meta(after).put("generation", meta(now).path("generation").asLong() + 1);
        }
        return after;
    }

    private static JsonNode patched(ObjectNode now, KubeRequest request, JsonNode patch) throws RefusedException {
        return switch (request.headers().getOrDefault("content-type", "")) {
            case "application/merge-patch+json" -> merged(now, patch);
            case "application/json-patch+json" -> operated(now, patch);
            default -> throw new RefusedException(415, "the body of the request was in an unknown format");
        };
    }

    /** RFC 7386. */
    static JsonNode merged(JsonNode now, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var after = now instanceof ObjectNode object ? object.deepCopy() : changes.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                after.remove(change.getKey());
            } else {
                after.set(change.getKey(), merged(after.path(change.getKey()), change.getValue()));
            }
        });
        return after;
    }

    private static JsonNode operated(ObjectNode now, JsonNode operations) throws RefusedException {
        try {
            return JsonPatch.apply(operations, now.deepCopy());
        } catch (RuntimeException e) {
            throw new RefusedException(422, "the server rejected our request due to an error in our request");
        }
    }

    private static void refuseStale(ObjectNode now, JsonNode wanted) throws RefusedException {
        var name = now.path("kind").asText() + " \"" + meta(now).path("name").asText() + "\"";
        if (differs(now, wanted, "resourceVersion")) {
            throw new RefusedException(
                    409,
                    "Operation cannot be fulfilled on " + name
                            + ": the object has been modified; please apply your changes to the latest version and try again");
        }
        if (differs(now, wanted, "uid") || differs(now, wanted, "name")) {
            throw new RefusedException(422, name + " is invalid: metadata: field is immutable");
        }
    }

    private static boolean differs(ObjectNode now, JsonNode wanted, String key) {
        var guard = wanted.path("metadata").path(key).asText("");
        return !guard.isEmpty() && !guard.equals(meta(now).path(key).asText());
    }

    private static boolean isOfNewGeneration(ObjectNode now, ObjectNode after, boolean statusApart) {
        return keys(now, after).stream()
                .filter(key -> !key.equals("metadata") && !(key.equals("status") && statusApart))
                .anyMatch(key -> !now.path(key).equals(after.path(key)));
    }

    private static Set<String> keys(JsonNode one, JsonNode other) {
        var keys = new TreeSet<String>();
        one.fieldNames().forEachRemaining(keys::add);
        other.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static void take(ObjectNode to, JsonNode from, String key) {
        if (from.has(key)) {
            to.set(key, from.get(key));
        } else {
            to.remove(key);
        }
    }

    private static ObjectNode meta(ObjectNode object) {
        return object.withObject("/metadata");
    }
}
