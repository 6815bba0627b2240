package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** An entry of an Application's history: what Argo CD deployed once. The node is as {@code status.history} has it. */
record HistoryEntry(JsonNode node) {
    private static final int SHORT = 12;

    long id() {
        return node.path("id").asLong();
    }

    String at() {
        return node.path("deployedAt").asText("an unknown time");
    }

    /** The revision of each source, in the order of the sources; one for an Application with one. */
    List<String> revisions() {
        return revisions(node);
    }

    /** The revisions that an object of Argo CD names by {@code revision} or, when there are several sources, by {@code revisions}. */
    static List<String> revisions(JsonNode node) {
        List<String> all = new ArrayList<>();
        node.path("revisions").forEach(revision -> all.add(revision.asText()));
        return all.isEmpty() ? List.of(node.path("revision").asText("")) : List.copyOf(all);
    }

    boolean hasSeveralSources() {
        return !node.path("sources").isEmpty();
    }

    /** Where the manifests came from, in order. */
    List<JsonNode> sources() {
        List<JsonNode> all = new ArrayList<>();
        node.path("sources").forEach(all::add);
        return all.isEmpty() ? List.of(node.path("source")) : List.copyOf(all);
    }

    /** Whether it can be deployed again: Argo CD before 0.12 did not note the source. */
    boolean hasSources() {
        return sources().stream()
                .noneMatch(source -> source.path("repoURL").asText("").isEmpty());
    }

    /** What tells its sources from others; not the sources themselves, since addresses and parameters may hold secrets. */
    String digest() {
        return SourceDigest.of(sources());
    }

    boolean sameAs(HistoryEntry other) {
        return revisions().equals(other.revisions()) && digest().equals(other.digest());
    }

    /** Puts revision and source into what Argo CD is to do, as its own server does for a rollback. */
    void into(ObjectNode sync) {
        if (hasSeveralSources()) {
            sync.set("revisions", node.path("revisions").deepCopy());
            sync.set("sources", node.path("sources").deepCopy());
        } else {
            sync.put("revision", node.path("revision").asText());
            sync.set("source", node.path("source").deepCopy());
        }
    }

    /** "history id 12 (1a2b3c4d5e6f)". */
    @Override
    public String toString() {
        return "history id " + id() + " (" + spoken(revisions()) + ")";
    }

    /** Revisions as people read them. */
    static String spoken(List<String> revisions) {
        return String.join(
                ", ",
                revisions.stream()
                        .map(revision -> revision.length() <= SHORT ? revision : revision.substring(0, SHORT))
                        .toList());
    }
}
