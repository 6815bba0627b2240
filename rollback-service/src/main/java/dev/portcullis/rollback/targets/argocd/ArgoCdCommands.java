package dev.portcullis.rollback.targets.argocd;

/** The commands by which a person looks and acts. */
record ArgoCdCommands(ArgoCdSettings settings) {
    /** Takes auto-sync out of an Application. */
    static final String OFF = "{\"spec\":{\"syncPolicy\":{\"automated\":null}}}";

    String look() {
        return kubectl("get")
                + " -o jsonpath='{.status.operationState.phase} {.status.operationState.message}{\"\\n\"}{.status.health.status}{\"\\n\"}"
                + "{range .status.history[*]}{.id} {.revision}{.revisions} {.deployedAt}{\"\\n\"}{end}'";
    }

    String apply(ApplicationPin pin) {
        var off = settings.maySwitchOff() && pin.autoSyncWas().isPresent()
                ? kubectl("patch") + " --type merge -p " + ShellQuoting.word(OFF) + " && "
                : "";
        return off + "argocd app rollback " + ShellQuoting.word(settings.qualifiedName()) + " " + pin.id()
                + (settings.prune() ? " --prune" : "");
    }

    /** Puts auto-sync back to what it was. */
    String switchOn(String was) {
        var patch = "{\"metadata\":{\"annotations\":{\"" + ApplicationPatch.AUTO_SYNC_WAS
                + "\":null}},\"spec\":{\"syncPolicy\":{\"automated\":" + was + "}}}";
        return kubectl("patch") + " --type merge -p " + ShellQuoting.word(patch);
    }

    private String kubectl(String verb) {
        return "kubectl -n " + ShellQuoting.word(settings.namespace()) + " " + verb + " applications.argoproj.io "
                + ShellQuoting.word(settings.application());
    }
}
