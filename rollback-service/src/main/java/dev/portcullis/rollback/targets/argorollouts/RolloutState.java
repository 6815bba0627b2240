package dev.portcullis.rollback.targets.argorollouts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A Rollout as its API server shows it.
 *
 * @param workload the object that has its pod template, when it refers to one
 */
record RolloutState(JsonNode object, Optional<JsonNode> workload) {
    private JsonNode status() {
        return object.path("status");
    }

    String uid() {
        return object.at("/metadata/uid").asText();
    }

    /** The object whose pod template counts. */
    JsonNode templateHolder() {
        return workload.orElse(object);
    }

    /** The revision everybody gets when nothing is being rolled out; empty before the first. */
    String stable() {
        return status().path("stableRS").asText("");
    }

    /** The revision being rolled out, or the stable one. */
    String current() {
        return status().path("currentPodHash").asText("");
    }

    /** Whether the controller has taken up the specification as it is now; observedGeneration is a text. */
    boolean isObserved() {
        return isSeen(object, "observedGeneration")
                && workload.map(holder -> isSeen(holder, "workloadObservedGeneration"))
                        .orElse(true);
    }

    private boolean isSeen(JsonNode holder, String name) {
        return status().path(name)
                .asText()
                .equals(holder.at("/metadata/generation").asText());
    }

    boolean isPaused() {
        return object.at("/spec/paused").asBoolean();
    }

    boolean isAborted() {
        return status().path("abort").asBoolean();
    }

    /** Whether the controller has acted on the abort: it is the one to write the time. */
    boolean isAbortSeen() {
        return isAborted() && !status().path("abortedAt").asText("").isEmpty();
    }

    boolean isPromotedInFull() {
        return status().path("promoteFull").asBoolean();
    }

    int replicas() {
        return object.at("/spec/replicas").asInt(1);
    }

    boolean isBlueGreen() {
        return object.at("/spec/strategy/blueGreen").isObject();
    }

    /** The revision behind the active Service of a blue-green rollout. */
    String active() {
        return status().at("/blueGreen/activeSelector").asText("");
    }

    /** Whether the share of the canary is set by a router, and not by numbers of pods. */
    boolean hasRouter() {
        return object.at("/spec/strategy/canary/trafficRouting").isObject();
    }

    JsonNode weights() {
        return status().at("/canary/weights");
    }

    /** What the controller says of it. */
    String phase() {
        var message = status().path("message").asText("");
        return status().path("phase").asText("no phase") + (message.isEmpty() ? "" : ": " + message);
    }
}
