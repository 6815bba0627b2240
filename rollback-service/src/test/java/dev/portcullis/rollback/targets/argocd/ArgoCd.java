package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.KubeServer;

/**
 * Argo CD's controller for one Application, as of version 3.1: carries out {@code operation} (controller/appcontroller.go, processRequestedAppOperation and
 * setOperationState), adds a sync of all resources that succeeded to the history (controller/sync.go SyncAppState, controller/state.go
 * persistRevisionHistory), compares with Git and looks at the health, and syncs by itself when auto-sync is on (appcontroller.go, autoSync). It works when told.
 */
final class ArgoCd {
    private final KubeServer server;
    private final String name;
    private int second;

    /** What an operation ends with instead of success; empty for success. */
    String failure = "";

    /** What the health is found to be after a comparison. */
    String health = "Healthy";

    ArgoCd(KubeServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Everything there is to do. */
    void work() {
        change(this::operate);
        change(this::compare);
        change(this::syncByItself);
        change(this::operate);
        change(this::compare);
    }

    /** Begins the operation that is set, and touches the cluster. */
    void begin() {
        change(app -> {
            var operation = app.path("operation");
            state(app, operation, "Running", "one or more tasks are running")
                    .withObject("/syncResult")
                    .putArray("resources")
                    .addObject()
                    .put("kind", "Deployment");
        });
    }

    /** Compares with Git. */
    void compare() {
        change(this::compare);
    }

    private void change(java.util.function.Consumer<ObjectNode> step) {
        server.change(Application.KIND, "argocd", name, step);
    }

    private void operate(ObjectNode app) {
        var operation = app.path("operation");
        if (!operation.isObject()) {
            return;
        }
        var phase = failure.isEmpty() ? "Succeeded" : "Failed";
        var state = state(app, operation, phase, failure.isEmpty() ? "successfully synced (all tasks run)" : failure);
        state.put("finishedAt", now());
        app.remove("operation");
        if (failure.isEmpty() && !operation.at("/sync/dryRun").asBoolean()) {
            remember(app, operation);
        }
    }

    private ObjectNode state(ObjectNode app, JsonNode operation, String phase, String message) {
        var state = app.withObject("/status").putObject("operationState");
        state.set("operation", operation.deepCopy());
        state.put("phase", phase).put("message", message).put("startedAt", now());
        var result = state.putObject("syncResult");
        for (var key : new String[] {"revision", "revisions", "source", "sources"}) {
            if (operation.path("sync").has(key)) {
                result.set(key, operation.path("sync").path(key).deepCopy());
            }
        }
        return state;
    }

    private void remember(ObjectNode app, JsonNode operation) {
        var history = app.withObject("/status").withArray("history");
        var last = history.get(history.size() - 1);
        var entry = history.addObject().put("id", last.path("id").asLong() + 1).put("deployedAt", now());
        var sync = operation.path("sync");
        if (sync.path("sources").isEmpty()) {
            entry.set("revision", sync.path("revision").deepCopy());
            entry.set("source", sync.path("source").deepCopy());
        } else {
            entry.set("revisions", sync.path("revisions").deepCopy());
            entry.set("sources", sync.path("sources").deepCopy());
            // Not left out when empty.
            entry.putObject("source").put("repoURL", "");
        }
    }

    /** Git keeps the revision that was seen first in status.sync. */
    private void compare(ObjectNode app) {
        var entry = new Application(app).entry().orElseThrow();
        var same = entry.revisions().equals(HistoryEntry.revisions(app.at("/status/sync")));
        app.withObject("/status/sync").put("status", same ? "Synced" : "OutOfSync");
        app.withObject("/status/health").put("status", health);
        app.withObject("/status").put("reconciledAt", now());
    }

    private void syncByItself(ObjectNode app) {
        var seen = new Application(app);
        if (seen.autoSync().isEmpty()
                || seen.operation().isPresent()
                || seen.syncStatus().equals("Synced")) {
            return;
        }
        var operation = app.putObject("operation");
        operation.putObject("initiatedBy").put("automated", true);
        var sync = operation.putObject("sync");
        sync.set("revision", app.at("/status/sync/revision").deepCopy());
        sync.set("source", app.at("/spec/source").deepCopy());
    }

    /** Time goes by a second with each question. */
    private String now() {
        second++;
        return "2026-03-01T12:%02d:%02dZ".formatted(second / 60, second % 60);
    }
}
