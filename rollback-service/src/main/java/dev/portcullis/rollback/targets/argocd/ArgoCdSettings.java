package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.cluster.ObjectName;
import dev.portcullis.rollback.plan.TargetSettings;

/**
 * Which Application is returned, and what may be done to it.
 *
 * @param cluster the cluster Argo CD runs in, which need not be the one it deploys to
 * @param maySwitchOff whether auto-sync may be switched off; otherwise it forbids the rollback
 * @param prune whether what the revision does not have is deleted
 */
record ArgoCdSettings(String cluster, String namespace, String application, boolean maySwitchOff, boolean prune) {
    static final String APPLICATION = "application";
    static final String AUTO_SYNC = "autoSync";
    static final String PRUNE = "prune";
    static final String REFUSE = "refuse";
    static final String SWITCH_OFF = "switch-off";

    /** The settings as {@link ArgoCdKind} wrote them, perhaps some versions ago. */
    static ArgoCdSettings of(TargetSettings settings) {
        return new ArgoCdSettings(
                settings.required(ObjectName.CLUSTER),
                settings.required(ObjectName.NAMESPACE),
                settings.required(APPLICATION),
                settings.required(AUTO_SYNC).equals(SWITCH_OFF),
                Boolean.parseBoolean(settings.required(PRUNE)));
    }

    /** "argocd/checkout", as the command line of Argo CD has it too. */
    String qualifiedName() {
        return namespace + "/" + application;
    }
}
