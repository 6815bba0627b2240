package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What Argo CD was told to do: the {@code operation} of an Application. */
record SyncRequest(JsonNode node) {
    private static final String KEY = "Idempotency-Key";

    /**
     * What makes Argo CD deploy an entry of the history again: the same that its server sets for {@code argocd app rollback} (server/application,
     * Rollback), which is a sync by {@code kubectl apply}, without hooks.
     */
    static ObjectNode rollback(Application application, HistoryEntry wanted, boolean prune, String key) {
        var operation = JsonNodeFactory.instance.objectNode();
        operation.putObject("initiatedBy").put("username", "portcullis");
        operation.putArray("info").addObject().put("name", KEY).put("value", key);
        var sync = operation.putObject("sync");
        wanted.into(sync);
        sync.put("prune", prune);
        sync.putObject("syncStrategy").putObject("apply");
        if (application.syncOptions().isArray()) {
            sync.set("syncOptions", application.syncOptions().deepCopy());
        }
        return operation;
    }

    List<String> revisions() {
        return HistoryEntry.revisions(node.path("sync"));
    }

    /** Whether it was set with this key. */
    boolean isOf(String key) {
        for (var info : node.path("info")) {
            if (info.path("name").asText().equals(KEY)
                    && info.path("value").asText().equals(key)) {
                return true;
            }
        }
        return false;
    }

    boolean isDryRun() {
        return node.at("/sync/dryRun").asBoolean();
    }

    /** "a sync to 1a2b3c4d5e6f by admin". */
    @Override
    public String toString() {
        var user = node.at("/initiatedBy/username").asText("");
        var by = node.at("/initiatedBy/automated").asBoolean() ? " by auto-sync" : user.isEmpty() ? "" : " by " + user;
        return "a sync to " + HistoryEntry.spoken(revisions()) + by;
    }
}
