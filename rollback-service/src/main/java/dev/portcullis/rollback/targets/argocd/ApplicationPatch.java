package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The changes of an Application, as merge patches that carry the version that was looked at: whoever comes late is refused. Status is no part of its own
 * in Argo CD's definition, so one patch holds both.
 */
record ApplicationPatch(Application application) {
    /** The annotation that tells what auto-sync was before it was switched off here. */
    static final String AUTO_SYNC_WAS = "portcullis.dev/auto-sync-was";

    /**
     * Sets an operation. The state of the last one goes, as when Argo CD's server sets one (util/argo, SetAppOperation), so that nobody takes an old success
     * for a new one.
     */
    ObjectNode setOperation(ObjectNode operation) {
        var patch = guarded();
        patch.set("operation", operation);
        patch.putObject("status").putNull("operationState");
        return patch;
    }

    /** Switches auto-sync off, self-heal with it, and notes what it was; {@code enabled: false} would do nothing before Argo CD 3.1. */
    ObjectNode switchAutoSyncOff() {
        var patch = guarded();
        application.autoSync().ifPresent(was -> patch.withObject("/metadata/annotations")
                .put(AUTO_SYNC_WAS, was.toString()));
        patch.putObject("spec").putObject("syncPolicy").putNull("automated");
        return patch;
    }

    private ObjectNode guarded() {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("resourceVersion", application.version());
        return patch;
    }
}
