package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An Application of Argo CD as its object has it. */
record Application(JsonNode object) {
    static final ResourceKind KIND = new ResourceKind("argoproj.io", "v1alpha1", "applications", "Application");

    String uid() {
        return object.at("/metadata/uid").asText();
    }

    String version() {
        return object.at("/metadata/resourceVersion").asText();
    }

    boolean isBeingDeleted() {
        return object.path("metadata").has("deletionTimestamp");
    }

    /** How Argo CD deploys by itself what it finds in Git; empty when it does not. Since 3.1 {@code enabled: false} is "does not", too. */
    Optional<JsonNode> autoSync() {
        var automated = object.at("/spec/syncPolicy/automated");
        var on = automated.isObject() && automated.path("enabled").asBoolean(true);
        return on ? Optional.of(automated) : Optional.empty();
    }

    JsonNode syncOptions() {
        return object.at("/spec/syncPolicy/syncOptions");
    }

    /** What was deployed, the oldest first; Argo CD keeps ten entries unless told otherwise. */
    List<HistoryEntry> history() {
        List<HistoryEntry> all = new ArrayList<>();
        object.at("/status/history").forEach(entry -> all.add(new HistoryEntry(entry)));
        return List.copyOf(all);
    }

    /** What was deployed last; empty when nothing ever was. */
    Optional<HistoryEntry> entry() {
        var all = history();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /**
     * What Argo CD is doing, or is to do. It is taken away when done, so that whoever finds none may set one: this, and not the phase, is what Argo CD's
     * own server goes by.
     */
    Optional<SyncRequest> operation() {
        var operation = object.path("operation");
        return operation.isObject() ? Optional.of(new SyncRequest(operation)) : Optional.empty();
    }

    /** How the last operation went, or goes. */
    Optional<OperationState> operationState() {
        var state = object.at("/status/operationState");
        return state.isObject() ? Optional.of(new OperationState(state)) : Optional.empty();
    }

    /** "Healthy", "Progressing", "Degraded", "Suspended", "Missing", "Unknown". */
    String health() {
        return object.at("/status/health/status").asText("Unknown");
    }

    /** Whether the cluster is as Git has it: "Synced", "OutOfSync", "Unknown". */
    String syncStatus() {
        return object.at("/status/sync/status").asText("Unknown");
    }

    /** When cluster and Git were compared last, and the health with it; empty when never. RFC 3339 in UTC by the second: texts compare like times. */
    String reconciledAt() {
        return object.at("/status/reconciledAt").asText("");
    }

    /** The source as the Application is configured, one or several. */
    List<JsonNode> configuredSources() {
        List<JsonNode> all = new ArrayList<>();
        object.at("/spec/sources").forEach(all::add);
        return all.isEmpty() ? List.of(object.at("/spec/source")) : List.copyOf(all);
    }
}
