package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How an operation went, or goes: the {@code status.operationState} of an Application. */
record OperationState(JsonNode node) {
    private static final int LONGEST = 200;

    /** "Running", "Terminating", "Succeeded", "Failed", "Error". */
    String phase() {
        return node.path("phase").asText("Unknown");
    }

    boolean succeeded() {
        return phase().equals("Succeeded");
    }

    SyncRequest request() {
        return new SyncRequest(node.path("operation"));
    }

    /** The revisions it deployed, or was about to. */
    List<String> revisions() {
        return HistoryEntry.revisions(node.path("syncResult"));
    }

    /** Whether objects of the cluster were touched: manifests are made and tried before. */
    boolean hasBegun() {
        return !node.at("/syncResult/resources").isEmpty();
    }

    /** When it ended, by the second; empty while it runs. */
    String finishedAt() {
        return node.path("finishedAt").asText("");
    }

    /** "Failed: one or more objects failed to apply". */
    @Override
    public String toString() {
        var message = node.path("message").asText("").strip().replaceAll("\\s+", " ");
        var told = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
        return told.isEmpty() ? phase() : phase() + ": " + told;
    }
}
