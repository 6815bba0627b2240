package dev.portcullis.rollback.workload;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One revision of a workload: a ReplicaSet, which keeps the pod template of that revision.
 *
 * @param replicaSet its name
 * @param hash what its pods carry in the label that tells revisions apart
 * @param number its number as the workload counts them; empty when it has none
 * @param labels the labels of its pods
 * @param template the workload's pod template of that revision
 * @param pods how many pods it has, those that are ending left out
 * @param available how many of them are available
 */
public record Revision(
        String replicaSet, String hash, String number, JsonNode labels, PodTemplate template, int pods, int available) {
    static Revision of(JsonNode object, RevisionMarks marks) {
        var labels = object.at("/spec/template/metadata/labels");
        var meta = object.path("metadata");
        return new Revision(
                meta.path("name").asText(),
                labels.path(marks.hashLabel())
                        .asText(meta.path("labels").path(marks.hashLabel()).asText("")),
                meta.path("annotations").path(marks.numberAnnotation()).asText(""),
                labels,
                PodTemplate.ofReplicaSet(object, marks),
                object.at("/status/replicas").asInt(),
                object.at("/status/availableReplicas").asInt());
    }

    boolean carries(String label, String value) {
        return valueOf(label).equals(value);
    }

    /** What its pods have in a label; empty when they lack it. */
    public String valueOf(String label) {
        return labels.path(label).asText("");
    }

    /** Whether it runs the same pods; a controller may make a second ReplicaSet of a template it had before. */
    public boolean isLike(Revision other) {
        return replicaSet.equals(other.replicaSet) || template.equals(other.template);
    }

    /** "5f6b7 (ReplicaSet checkout-5f6b7, revision 3)". */
    @Override
    public String toString() {
        return hash + " (ReplicaSet " + replicaSet + (number.isEmpty() ? "" : ", revision " + number) + ")";
    }
}
