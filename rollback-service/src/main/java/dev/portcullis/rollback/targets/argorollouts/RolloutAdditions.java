package dev.portcullis.rollback.targets.argorollouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.workload.RevisionMarks.Additions;
import java.util.List;

/**
 * What Argo Rollouts puts into the pod templates of ReplicaSets (v1.8, utils/replicaset): labels and annotations of canary or stable pods, and a rule that keeps
 * the pods of two revisions apart. A template put back with them would be taken for a new revision.
 */
final class RolloutAdditions implements Additions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EPHEMERAL = "rollout.argoproj.io/ephemeral-metadata";
    private static final String HASH = "rollouts-pod-template-hash";
    private static final List<String> RULES = List.of(
            "preferredDuringSchedulingIgnoredDuringExecution", "requiredDuringSchedulingIgnoredDuringExecution");

    @Override
    public void takeOut(JsonNode replicaSet, ObjectNode template) {
        var injected =
                ephemeral(replicaSet.at("/metadata/annotations").path(EPHEMERAL).asText(""));
        for (var part : List.of("labels", "annotations")) {
            if (template.path("metadata").path(part) instanceof ObjectNode kept) {
                injected.path(part).fieldNames().forEachRemaining(kept::remove);
            }
        }
        if (template.path("spec") instanceof ObjectNode pod) {
            takeOutRules(pod);
        }
    }

    private static JsonNode ephemeral(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** Nobody else writes a rule about this label: no pod has it until its ReplicaSet is made. */
    private static void takeOutRules(ObjectNode pod) {
        if (!(pod.at("/affinity/podAntiAffinity") instanceof ObjectNode apart)) {
            return;
        }
        var before = apart.size();
        for (var name : RULES) {
            if (apart.path(name) instanceof ArrayNode rules && isTakenFrom(rules) && rules.isEmpty()) {
                apart.remove(name);
            }
        }
        if (apart.isEmpty() && before > 0 && pod.path("affinity") instanceof ObjectNode affinity) {
            affinity.remove("podAntiAffinity");
            if (affinity.isEmpty()) {
                pod.remove("affinity");
            }
        }
    }

    private static boolean isTakenFrom(ArrayNode rules) {
        var before = rules.size();
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (isAboutRevisions(rules.get(i))) {
                rules.remove(i);
            }
        }
        return rules.size() < before;
    }

    private static boolean isAboutRevisions(JsonNode rule) {
        var term = rule.has("podAffinityTerm") ? rule.path("podAffinityTerm") : rule;
        for (var expression : term.at("/labelSelector/matchExpressions")) {
            if (expression.path("key").asText().equals(HASH)) {
                return true;
            }
        }
        return false;
    }
}
