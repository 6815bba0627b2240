package dev.portcullis.rollback.targets.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.workload.PodTemplate;
import java.util.Optional;

/** A Deployment as its API server shows it. Numbers that are zero are left out there. */
record DeploymentState(JsonNode object) {
    private static final String TOO_SLOW = "ProgressDeadlineExceeded";

    String uid() {
        return object.at("/metadata/uid").asText();
    }

    /** The number of its current revision, as its ReplicaSets have it too. */
    String number() {
        return object.at("/metadata/annotations")
                .path(DeploymentKind.MARKS.numberAnnotation())
                .asText("");
    }

    PodTemplate template() {
        return PodTemplate.ofWorkload(object);
    }

    boolean isPaused() {
        return object.at("/spec/paused").asBoolean();
    }

    /** Whether its controller has taken up the specification as it is now, so that the status tells of it. */
    boolean isObserved() {
        return object.at("/status/observedGeneration").asLong()
                >= object.at("/metadata/generation").asLong();
    }

    int wanted() {
        return object.at("/spec/replicas").asInt(1);
    }

    int pods() {
        return status("replicas");
    }

    /** Pods of the present template. */
    int updated() {
        return status("updatedReplicas");
    }

    int available() {
        return status("availableReplicas");
    }

    private int status(String name) {
        return object.path("status").path(name).asInt();
    }

    /** Whether all pods there should be are there, available and of the present template, and no others. */
    boolean isComplete() {
        return isObserved() && updated() == wanted() && pods() == wanted() && available() == wanted();
    }

    /** What its controller says when it sees no progress any more. */
    Optional<String> stuck() {
        for (var condition : object.at("/status/conditions")) {
            if (condition.path("reason").asText().equals(TOO_SLOW)) {
                return Optional.of(TOO_SLOW + ": " + condition.path("message").asText());
            }
        }
        return Optional.empty();
    }
}
