package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

    private static final String NOT_ALLOWED = "the server does not allow this method on the requested resource";

    final KubeRights rights = new KubeRights();

    /** @param altered told of a request that has altered something; one that leaves all as it is has not */
    synchronized KubeAnswer answer(KubeRequest request, Consumer<KubeRequest> altered) {
        if (request.path().equals("/version")) {
            return KubeAnswer.ok("{\"major\": \"1\", \"minor\": \"34\", \"gitVersion\": \"v1.34.0\"}");
        }
        if (request.path().equals(KubeRights.REVIEWS)) {
            return rights.review(request, parsed(request.body()));
        }
        var path = KubePath.of(request.path());
        var refusal = path.flatMap(there -> rights.refusal(request, there));
        return refusal.orElseGet(() -> answer(request, path, altered));
    }

    private KubeAnswer answer(KubeRequest request, Optional<KubePath> path, Consumer<KubeRequest> altered) {
        var kind = path.flatMap(KubeKinds::at);
        if (kind.isEmpty()) {
            return KubeAnswer.fault(404, "the server could not find the requested resource");
        }
        var ofOne = !path.get().name().isEmpty();
        return switch (request.method()) {
            case "GET" -> read(request, path.get(), kind.get());
            case "PATCH" ->
                ofOne ? patch(request, path.get(), kind.get(), altered) : KubeAnswer.fault(405, NOT_ALLOWED);
            case "POST" ->
                ofOne ? KubeAnswer.fault(405, NOT_ALLOWED) : create(request, path.get(), kind.get(), altered);
            case "DELETE" ->
                ofOne ? delete(request, path.get(), kind.get(), altered) : KubeAnswer.fault(405, NOT_ALLOWED);
            default -> KubeAnswer.fault(405, NOT_ALLOWED);
        };
    }

    private KubeAnswer create(KubeRequest request, KubePath path, ResourceKind kind, Consumer<KubeRequest> altered) {
        var object = (ObjectNode) parsed(request.body());
        var name = object.at("/metadata/name").asText();
        var place = path.named(name);
        if (object(place).isPresent()) {
            return KubeAnswer.fault(409, kind.plural() + " \"" + name + "\" already exists");
        }
        var wrong = new KubeSchema(kind).faults(object, request.isStrict());
        if (wrong.isPresent()) {
            return KubeAnswer.fault(
                    400,
                    kind.kind() + " in version \"" + kind.version() + "\" cannot be handled as a " + kind.kind() + ": "
                            + wrong.get());
        }
        var fault =
                kind.equals(ResourceKind.EVENT) ? KubeEvent.fault(object, path.namespace()) : Optional.<String>empty();
        if (fault.isPresent()) {
            return KubeAnswer.fault(422, fault.get());
        }
        if (KubeKinds.keepsStatusApart(kind)) {
            object.remove("status");
        }
        put(place, object);
        altered.accept(request);
        return KubeAnswer.created(object.toString());
    }

    private KubeAnswer delete(KubeRequest request, KubePath path, ResourceKind kind, Consumer<KubeRequest> altered) {
        var now = object(path);
        if (now.isEmpty()) {
            return notFound(path, kind);
        }
        delete(path);
        altered.accept(request);
        return KubeAnswer.ok("{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Success\"}");
    }

    private KubeAnswer read(KubeRequest request, KubePath path, ResourceKind kind) {
        if (path.name().isEmpty()) {
            var query = request.query().isEmpty() ? "" : "?" + request.query();
            var list = parsed(crud.handleGet(request.path() + query).getBody().readUtf8());
            if (KubeSchema.isBuiltIn(kind)) {
                list.path("items").forEach(item -> ((ObjectNode) item).remove(List.of("kind", "apiVersion")));
            }
            return KubeAnswer.ok(list.toString());
        }
        return object(path).map(found -> KubeAnswer.ok(found.toString())).orElseGet(() -> notFound(path, kind));
    }

    private KubeAnswer patch(KubeRequest request, KubePath path, ResourceKind kind, Consumer<KubeRequest> altered) {
        var now = object(path);
        var statusApart = KubeKinds.keepsStatusApart(kind);
        if (now.isEmpty() || (path.isStatus() && !statusApart)) {
            return notFound(path, kind);
        }
        try {
            var after = KubePatch.apply(now.get(), request, parsed(request.body()), path.isStatus(), statusApart);
            var wrong = new KubeSchema(kind).faults(after, request.isStrict());
            if (wrong.isPresent()) {
                return invalid(after, wrong.get());
            }
            if (!request.isDryRun() && !now.get().equals(after)) {
                altered.accept(request);
            }
            return KubeAnswer.ok((request.isDryRun() ? after : kept(path, now.get(), after)).toString());
        } catch (KubePatch.RefusedException e) {
            return e.answer();
        }
    }

    /** apiserver/pkg/endpoints/handlers/patch.go: the refusal quotes the whole object before it says what is wrong. */
    private static KubeAnswer invalid(ObjectNode after, String wrong) {
        return KubeAnswer.fault(
                422,
                " \"\" is invalid: patch: Invalid value: " + JsonNodeFactory.instance.textNode(after.toString()) + ": "
                        + wrong);
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
