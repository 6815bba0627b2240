package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The objects of a {@link KubeServer}: fabric8's CRUD mock keeps, finds and lists them, {@link KubePatch} changes them. Thread-safe. */
final class KubeObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesCrudDispatcher crud = new KubernetesCrudDispatcher(KubeKinds.definitions());

    /** @param altered told of a request that has altered something; one that leaves all as it is has not */
    synchronized KubeAnswer answer(KubeRequest request, Consumer<KubeRequest> altered) {
        var path = KubePath.of(request.path());
        var kind = path.flatMap(KubeKinds::at);
        if (kind.isEmpty()) {
            return KubeAnswer.fault(404, "the server could not find the requested resource");
        }
        return switch (request.method()) {
            case "GET" -> read(request, path.get(), kind.get());
            case "PATCH" -> patch(request, path.get(), kind.get(), altered);
            case "POST" -> create(request, path.get(), kind.get(), altered);
            default -> KubeAnswer.fault(405, "the server does not allow this method on the requested resource");
        };
    }

    private KubeAnswer read(KubeRequest request, KubePath path, ResourceKind kind) {
        if (path.name().isEmpty()) {
            var query = request.query().isEmpty() ? "" : "?" + request.query();
            return KubeAnswer.ok(
                    crud.handleGet(request.path() + query).getBody().readUtf8());
        }
        return object(path).map(found -> KubeAnswer.ok(found.toString())).orElseGet(() -> notFound(path, kind));
    }

    private KubeAnswer patch(
            KubeRequest request, KubePath path, ResourceKind kind, Consumer<KubeRequest> altered) {
        var now = object(path);
        var statusApart = KubeKinds.keepsStatusApart(kind);
        if (now.isEmpty() || (path.isStatus() && !statusApart)) {
            return notFound(path, kind);
        }
        try {
            var after = KubePatch.apply(now.get(), request, parsed(request.body()), path.isStatus(), statusApart);
            if (!now.get().equals(after)) {
                altered.accept(request);
            }
            return KubeAnswer.ok(kept(path, now.get(), after).toString());
        } catch (KubePatch.RefusedException e) {
            return e.answer();
        }
    }

    private KubeAnswer create(
            KubeRequest request, KubePath path, ResourceKind kind, Consumer<KubeRequest> altered) {
        var object = (ObjectNode) parsed(request.body());
        var named = path.named(object.at("/metadata/name").asText());
        if (object(named).isPresent()) {
            return KubeAnswer.fault(409, kind.plural() + " \"" + named.name() + "\" already exists");
        }
        var fault = kind.equals(ResourceKind.EVENT) ? KubeEvent.fault(object, path.namespace()) : Optional.<String>empty();
        if (fault.isPresent()) {
            return KubeAnswer.fault(422, fault.get());
        }
        put(named, object);
        altered.accept(request);
        return KubeAnswer.created(object.toString());
    }

    private static KubeAnswer notFound(KubePath path, ResourceKind kind) {
        var group = kind.group().isEmpty() ? "" : "." + kind.group();
        return KubeAnswer.fault(404, kind.plural() + group + " \"" + path.name() + "\" not found");
    }

    synchronized Optional<ObjectNode> object(KubePath path) {
        var found = crud.findResource(crud.getKey(path.object()));
        return found == null ? Optional.empty() : Optional.of((ObjectNode) parsed(found.getValue()));
    }

    synchronized List<JsonNode> list(KubePath path) {
        var kind = path.root() + "/namespaces/" + path.namespace() + "/" + path.plural();
        List<JsonNode> found = new ArrayList<>();
        parsed(crud.handleGet(kind).getBody().readUtf8()).path("items").forEach(found::add);
        return found;
    }

    /** Makes an object, status and all, in place of one that was there. */
    synchronized void put(KubePath path, ObjectNode object) {
        var meta = object.withObject("/metadata");
        meta.put("namespace", path.namespace());
        if (!meta.has("uid")) {
            meta.put("uid", UUID.randomUUID().toString());
        }
        if (!meta.has("generation")) {
            meta.put("generation", 1);
        }
        if (!meta.has("creationTimestamp")) {
            meta.put("creationTimestamp", "2026-01-01T00:00:00Z");
        }
        delete(path);
        store(path, object);
    }

    /** Changes an object as somebody else does, a controller or a person. */
    synchronized void change(KubePath path, Consumer<ObjectNode> change) {
        var now = object(path).orElseThrow(() -> new AssertionError("there is no " + path.object()));
        var after = now.deepCopy();
        change.accept(after);
        if (!now.path("spec").equals(after.path("spec"))) {
            after.withObject("/metadata")
                    .put("generation", now.at("/metadata/generation").asLong() + 1);
        }
        kept(path, now, after);
    }

    synchronized void delete(KubePath path) {
        var found = crud.findResource(crud.getKey(path.object()));
        if (found != null) {
            crud.processEvent(path.object(), crud.getKey(path.object()), found.getKey(), null, null);
        }
    }

    private ObjectNode kept(KubePath path, ObjectNode now, ObjectNode after) {
        if (!now.equals(after)) {
            store(path, after);
        }
        return after;
    }

    private void store(KubePath path, ObjectNode object) {
        object.withObject("/metadata").put("resourceVersion", String.valueOf(crud.requestResourceVersion()));
        var key = crud.getKey(path.object());
        var old = crud.findResource(key);
        var text = object.toString();
        crud.processEvent(
                path.object(),
                key,
                old == null ? null : old.getKey(),
                Serialization.unmarshal(text, GenericKubernetesResource.class),
                text);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }
}
