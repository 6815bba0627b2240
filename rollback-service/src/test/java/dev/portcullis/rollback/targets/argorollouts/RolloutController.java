package dev.portcullis.rollback.targets.argorollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.workload.ReplicaSets;

/**
 * The controller of Argo Rollouts v1.8, one pass of it: rollout/canary.go, bluegreen.go, sync.go, pause.go, trafficrouting.go and context.go. The first step of
 * a canary gives it a fifth, the second pauses until a person goes on; so does a blue-green rollout before it switches.
 *
 * @param rollout the Rollout as it is
 * @param holder the object that has its pod template
 */
record RolloutController(JsonNode rollout, JsonNode holder, ReplicaSets replicaSets) {
    private static final int STEPS = 2;

    /** The status after the pass. */
    JsonNode pass() {
        ObjectNode status = rollout.path("status").deepCopy();
        status.put("observedGeneration", rollout.at("/metadata/generation").asText());
        if (!rollout.equals(holder)) {
            status.put(
                    "workloadObservedGeneration",
                    holder.at("/metadata/generation").asText());
        }
        var hash = current();
        if (!hash.equals(status.path("currentPodHash").asText())) {
            return reset(status, hash);
        }
        replicaSets.number(hash);
        abortOrPromote(status);
        if (!rollout.at("/spec/paused").asBoolean()) {
            scale(status);
            switchService(status);
        }
        weigh(status);
        return finished(status);
    }

    private String current() {
        var template = holder.at("/spec/template");
        var before = rollout.at("/status/currentPodHash").asText();
        if (AntiAffinity.isMeant(rollout)) {
            return replicaSets.isOf(before, template)
                    ? before
                    : new AntiAffinity(replicaSets)
                            .make(template, rollout.at("/status/stableRS").asText());
        }
        return replicaSets.ofTemplate(template).map(replicaSets::hashOf).orElseGet(() -> replicaSets.make(template));
    }

    /** sync.go, resetRolloutStatus: a new pod template ends an abort and a full promotion. */
    private static JsonNode reset(ObjectNode status, String hash) {
        status.remove("abortedAt");
        var isBack = hash.equals(status.path("stableRS").asText());
        return status.put("abort", false)
                .put("promoteFull", false)
                .put("currentPodHash", hash)
                .put("currentStepIndex", isBack ? STEPS : 0);
    }

    private static boolean isPromoted(JsonNode status) {
        return status.path("stableRS").equals(status.path("currentPodHash"));
    }

    private static boolean isAborted(JsonNode status) {
        return status.path("abort").asBoolean();
    }

    private static void abortOrPromote(ObjectNode status) {
        if (isPromoted(status)) {
            status.put("promoteFull", false);
        }
        if (isPromoted(status) || status.path("promoteFull").asBoolean()) {
            status.put("abort", false).put("currentStepIndex", STEPS).remove("abortedAt");
        }
        if (isAborted(status)) {
            status.put("abortedAt", "2026-03-01T12:00:00Z").put("currentStepIndex", 0);
        } else if (status.path("currentStepIndex").asInt() == 0) {
            status.put("currentStepIndex", 1);
        }
    }

    private boolean hasRouter() {
        return rollout.at("/spec/strategy/canary/trafficRouting").isObject();
    }

    private boolean isCanary() {
        return rollout.at("/spec/strategy/canary").isObject();
    }

    private void scale(JsonNode status) {
        var pods = rollout.at("/spec/replicas").asInt();
        var current = status.path("currentPodHash").asText();
        var stable = status.path("stableRS").asText();
        var newPods = isAborted(status) ? 0 : isCanary() && !isThrough(status) ? pods / 5 : pods;
        replicaSets.all().forEach(object -> {
            var hash = replicaSets.hashOf(object);
            var old = hash.equals(stable) ? (hasRouter() || !isCanary() ? pods : pods - newPods) : 0;
            replicaSets.scale(hash, hash.equals(current) ? newPods : old);
        });
    }

    private static boolean isThrough(JsonNode status) {
        return status.path("currentStepIndex").asInt() == STEPS;
    }

    /** bluegreen.go and service.go, reconcileActiveService. */
    private void switchService(ObjectNode status) {
        if (!isCanary()) {
            var back = isAborted(status) || !isThrough(status);
            status.withObject("/blueGreen")
                    .put(
                            "activeSelector",
                            status.path(back ? "stableRS" : "currentPodHash").asText());
        }
    }

    /** trafficrouting.go, reconcileTrafficRouting: done in a pause too, unlike the rest. */
    private void weigh(ObjectNode status) {
        if (!hasRouter()) {
            return;
        }
        var before = status.at("/canary/weights/canary/weight").asInt();
        var weight = isPromoted(status) || isAborted(status) || available(status) == 0
                ? 0
                : status.path("promoteFull").asBoolean() ? before : isThrough(status) ? 100 : 20;
        destination(status, "canary", "currentPodHash", weight);
        destination(status, "stable", "stableRS", 100 - weight);
    }

    private static void destination(ObjectNode status, String side, String hash, int weight) {
        status.withObject("/canary/weights/" + side)
                .put("weight", weight)
                .put("podTemplateHash", status.path(hash).asText());
    }

    private int available(JsonNode status) {
        return replicaSets.sum(status.path("currentPodHash").asText(), "availableReplicas");
    }

    /** sync.go, shouldFullPromote and promoteStable. */
    private JsonNode finished(ObjectNode status) {
        var full = available(status) == rollout.at("/spec/replicas").asInt();
        if (full && isThrough(status) && !isAborted(status) && !isPromoted(status)) {
            var promoted = status.path("currentPodHash").asText();
            if (AntiAffinity.isMeant(rollout)) {
                new AntiAffinity(replicaSets)
                        .mark(promoted, "stable", status.path("stableRS").asText());
            }
            status.put("stableRS", promoted).put("promoteFull", false);
        }
        var paused = rollout.at("/spec/paused").asBoolean();
        var phase = isAborted(status) ? "Degraded" : paused ? "Paused" : isPromoted(status) ? "Healthy" : "Progressing";
        status.put("phase", phase);
        if (isAborted(status)) {
            return status.put("message", "RolloutAborted: Rollout aborted update to revision 2");
        }
        status.remove("message");
        return status;
    }
}
