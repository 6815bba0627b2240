package dev.portcullis.rollback.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The revisions of one workload that are kept: the ReplicaSets it controls. Others with the same labels are none of its. Immutable.
 *
 * @param all in the order of their numbers, the oldest first
 */
public record Revisions(List<Revision> all) {
    public Revisions {
        all = List.copyOf(all);
    }

    /**
     * Reads them.
     *
     * @param selector the label selector of the workload's pods
     */
    public static Revisions read(
            Cluster cluster, String namespace, JsonNode owner, JsonNode selector, RevisionMarks marks)
            throws ClusterException {
        var found = cluster.list(ResourceKind.REPLICA_SET, namespace, labels(selector)).stream()
                .filter(object -> isControlledBy(object, owner))
                .map(object -> Revision.of(object, marks))
                .sorted(Comparator.comparingLong(Revisions::order).thenComparing(Revision::replicaSet))
                .toList();
        return new Revisions(found);
    }

    private static Map<String, String> labels(JsonNode selector) {
        Map<String, String> labels = new HashMap<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static boolean isControlledBy(JsonNode object, JsonNode owner) {
        for (var reference : object.at("/metadata/ownerReferences")) {
            if (reference.path("controller").asBoolean()
                    && reference
                            .path("uid")
                            .asText()
                            .equals(owner.at("/metadata/uid").asText())) {
                return true;
            }
        }
        return false;
    }

    private static long order(Revision revision) {
        return isNumber(revision.number()) ? Long.parseLong(revision.number()) : 0;
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,18}");
    }

    /**
     * Those a caller means: whose pods carry the value in the label, or else, when it is a number, the one of that number. More than one when the value does
     * not tell them apart.
     */
    public List<Revision> meant(String label, String value) {
        var carrying = matching(revision -> revision.carries(label, value));
        return carrying.isEmpty() && isNumber(value)
                ? matching(revision -> revision.number().equals(value))
                : carrying;
    }

    /**
     * The revision a rollback returns to, by the ReplicaSet it had when that was prepared, or else by its pod template: a controller may make another ReplicaSet
     * of the template, and take the first away.
     *
     * @param what the workload, for people: "deployment shop/checkout"
     * @throws GoneException when the revision is not kept any more
     */
    public Revision wanted(WorkloadPin pin, String what) throws GoneException {
        return named(pin.replicaSet())
                .or(() -> matching(revision -> revision.template().fingerprint().equals(pin.template())).stream()
                        .reduce((older, newer) -> newer))
                .orElseThrow(() -> new GoneException("ReplicaSet " + pin.replicaSet() + ", which kept revision "
                        + pin.hash() + " of " + what + ", is gone; kept: " + told()));
    }

    public Optional<Revision> named(String replicaSet) {
        return matching(revision -> revision.replicaSet().equals(replicaSet)).stream()
                .findFirst();
    }

    public Optional<Revision> withHash(String hash) {
        return matching(revision -> revision.hash().equals(hash)).stream().findFirst();
    }

    public List<Revision> matching(Predicate<Revision> which) {
        return all.stream().filter(which).toList();
    }

    /** All of them, in one line. */
    public String told() {
        return all.isEmpty() ? "none" : told(all);
    }

    static String told(List<Revision> revisions) {
        return revisions.stream().map(Revision::toString).collect(Collectors.joining(", "));
    }
}
