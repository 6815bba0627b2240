package dev.portcullis.rollback.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a kind of workload marks the ReplicaSets it makes.
 *
 * @param hashLabel the label of pods and ReplicaSets that tells revisions apart
 * @param numberAnnotation the annotation of ReplicaSets that numbers them
 * @param additions what else its controller puts into the pod template of a ReplicaSet
 */
public record RevisionMarks(String hashLabel, String numberAnnotation, Additions additions) {
    /** What a controller puts into the pod templates of its ReplicaSets, besides the label with the hash. Stateless. */
    @FunctionalInterface
    public interface Additions {
        /** Takes it out, so that the template is again what the workload had. */
        void takeOut(JsonNode replicaSet, ObjectNode template);
    }
}
