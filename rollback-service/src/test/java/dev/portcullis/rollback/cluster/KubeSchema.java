package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which fields an object of a kind may have, and of what type: of built-in kinds by fabric8's model, of a Rollout by the fields of its definition (Argo Rollouts
 * v1.8) down to those of spec and status. Of other kinds everything is legal.
 */
record KubeSchema(ResourceKind kind) {
    private static final ObjectMapper JSON = Serialization.jsonMapper();
    private static final Map<String, Class<?>> MODELS = Map.of(
            "Deployment", Deployment.class,
            "ReplicaSet", ReplicaSet.class,
            "StatefulSet", StatefulSet.class,
            "Pod", Pod.class,
            "Service", Service.class,
            "Secret", Secret.class,
            "ConfigMap", ConfigMap.class,
            "Ingress", Ingress.class);
    private static final Map<String, String> SPEC =
            types("object analysis, integer minReadySeconds, boolean paused, boolean progressDeadlineAbort,"
                    + " integer progressDeadlineSeconds, integer replicas, string restartAt, integer revisionHistoryLimit,"
                    + " object rollbackWindow, object selector, object strategy, object template, object workloadRef");
    private static final Map<String, String> STATUS = types(
            "integer HPAReplicas, boolean abort, string abortedAt, object alb, array albs, integer availableReplicas,"
                    + " object blueGreen, object canary, integer collisionCount, array conditions, boolean controllerPause,"
                    + " string currentPodHash, string currentStepHash, integer currentStepIndex, string message,"
                    + " string observedGeneration, array pauseConditions, string phase, boolean promoteFull,"
                    + " integer readyReplicas, integer replicas, string restartedAt, string selector, string stableRS,"
                    + " integer updatedReplicas, string workloadObservedGeneration");

    private static Map<String, String> types(String text) {
        Map<String, String> types = new TreeMap<>();
        for (var entry : text.split(", ")) {
            var words = entry.split(" ");
            types.put(words[1], words[0]);
        }
        return types;
    }

    static boolean isBuiltIn(ResourceKind kind) {
        return MODELS.containsKey(kind.kind());
    }

    /**
     * What is wrong with an object.
     *
     * @param strict whether fields that the kind does not have are wrong too; else they are dropped by a real server
     */
    Optional<String> faults(JsonNode object, boolean strict) {
        var model = MODELS.get(kind.kind());
        if (model != null) {
            return ofModel(object, model, strict);
        }
        return kind.kind().equals("Rollout")
                ? listed(object, "spec", SPEC, strict).or(() -> listed(object, "status", STATUS, strict))
                : Optional.empty();
    }

    private static Optional<String> listed(JsonNode object, String part, Map<String, String> types, boolean strict) {
        for (var field : object.path(part).properties()) {
            var wanted = types.get(field.getKey());
            var is = type(field.getValue());
            if (wanted == null && strict) {
                return Optional.of(unknown(part + "." + field.getKey()));
            }
            if (wanted != null && !is.equals("null") && !is.equals(wanted)) {
                return Optional.of(
                        part + "." + field.getKey() + " in body must be of type " + wanted + ": \"" + is + "\"");
            }
        }
        return Optional.empty();
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String unknown(String field) {
        return "strict decoding error: unknown field \"" + field + "\"";
    }

    private static Optional<String> ofModel(JsonNode object, Class<?> model, boolean strict) {
        try {
            JSON.treeToValue(object, model);
        } catch (JsonProcessingException e) {
            return Optional.of("json: cannot unmarshal: " + e.getOriginalMessage());
        }
        return strict ? unknownField(object, JSON.constructType(model), "") : Optional.empty();
    }

    private static Optional<String> unknownField(JsonNode value, JavaType type, String at) {
        if (type.isCollectionLikeType()) {
            return elements(value, type.getContentType(), at);
        }
        if (!value.isObject()
                || type.isMapLikeType()
                || !type.getRawClass().getName().startsWith("io.fabric8.")) {
            return Optional.empty();
        }
        var known = JSON.getDeserializationConfig().introspect(type).findProperties();
        if (Set.of("IntOrString", "Quantity").contains(type.getRawClass().getSimpleName())) {
            return Optional.empty();
        }
        for (var field : value.properties()) {
            var name = at + field.getKey();
            var property = known.stream()
                    .filter(one -> one.getName().equals(field.getKey()))
                    .findFirst();
            var below = property.map(BeanPropertyDefinition::getPrimaryType)
                    .map(one -> unknownField(field.getValue(), one, name + "."))
                    .orElseGet(() -> Optional.of(unknown(name)));
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> elements(JsonNode list, JavaType type, String at) {
        for (int i = 0; i < list.size(); i++) {
            var fault = unknownField(list.path(i), type, at.replaceFirst("\\.$", "") + "[" + i + "].");
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }
}
