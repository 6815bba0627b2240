package dev.portcullis.rollback.target.argocd;

/** The commands by which a person looks and acts. */
record Commands(ArgoCdSettings settings) {
    /** Takes auto-sync out of an Application. */
    static final String OFF = "{\"spec\":{\"syncPolicy\":{\"automated\":null}}}";

    String look() {
        return kubectl("get")
                + " -o jsonpath='{.status.operationState.phase} {.status.operationState.message}{\"\\n\"}{.status.health.status}{\"\\n\"}"
                + "{range .status.history[*]}{.id} {.revision}{.revisions} {.deployedAt}{\"\\n\"}{end}'";
    }

    String apply(Pin pin) {
        var off = settings.maySwitchOff() && pin.autoSyncWas().isPresent()
                ? kubectl("patch") + " --type merge -p " + Quoted.word(OFF) + " && "
                : "";
        return off + "argocd app rollback " + Quoted.word(settings.qualifiedName()) + " " + pin.id()
                + (settings.prune() ? " --prune" : "");
    }

    /** Puts auto-sync back to what it was. */
    String switchOn(String was) {
        var patch = "{\"metadata\":{\"annotations\":{\"" + Change.AUTO_SYNC_WAS
                + "\":null}},\"spec\":{\"syncPolicy\":{\"automated\":" + was + "}}}";
        return kubectl("patch") + " --type merge -p " + Quoted.word(patch);
    }

    private String kubectl(String verb) {
        return "kubectl -n " + Quoted.word(settings.namespace()) + " " + verb + " applications.argoproj.io "
                + Quoted.word(settings.application());
    }
}
